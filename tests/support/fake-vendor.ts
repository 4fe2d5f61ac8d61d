import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'

export interface VendorMessage {
  to: string
  text: string
  idempotencyKey: string
  files: string[]
}

/**
 * `ok`: accepted and answered. `slow`: so too, after 1.2 s. `cut`: accepted, then the line is cut. `hang`: accepted, never answered. The rest accepts nothing:
 * 400, 401, 429 (50 ms), 503, or the line is cut before the request is read.
 */
export type Behaviour = 'ok' | 'slow' | 'cut' | 'hang' | 'reject' | 'unauthorised' | 'limit' | 'busy'

/** A messenger's API on a real socket. What it accepted is in `accepted`, whatever we heard of it. */
export interface FakeVendor {
  url: string
  accepted: VendorMessage[]
  /** Greatest number of requests it had at once. */
  mostAtOnce(): number
  requests(): number
  behave(how: (message: VendorMessage, request: number) => Behaviour): void
  close(): Promise<void>
}

export async function fakeVendor(): Promise<FakeVendor> {
  const accepted: VendorMessage[] = []
  let how: (message: VendorMessage, request: number) => Behaviour = () => 'ok'
  let [requests, atOnce, mostAtOnce] = [0, 0, 0]

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url?.startsWith('/media/')) return media(request.url, response)
    const message = (await json(request)) as VendorMessage
    const behaviour = how(message, ++requests)
    if (behaviour === 'ok' || behaviour === 'slow' || behaviour === 'cut' || behaviour === 'hang') accepted.push(message)
    await new Promise((done) => setTimeout(done, behaviour === 'slow' ? 1_200 : 2))
    if (behaviour === 'cut') return void request.socket.destroy()
    if (behaviour === 'hang') return
    answer(response, behaviour, `v${accepted.length}`)
  }

  const server = createServer((request, response) => {
    mostAtOnce = Math.max(mostAtOnce, ++atOnce)
    request.on('close', () => atOnce--)
    take(request, response).catch(() => request.socket.destroy())
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    accepted,
    mostAtOnce: () => mostAtOnce,
    requests: () => requests,
    behave: (next) => {
      how = next
    },
    async close() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

const statuses = { ok: 200, slow: 200, reject: 400, unauthorised: 401, limit: 429, busy: 503 }

function answer(response: ServerResponse, behaviour: keyof typeof statuses, id: string): void {
  response.writeHead(statuses[behaviour], { 'content-type': 'application/json', 'retry-after-ms': '50' })
  response.end(JSON.stringify(statuses[behaviour] === 200 ? { id } : { error: `said ${behaviour}` }))
}

let flakyCalls = 0
function media(url: string, response: ServerResponse): void {
  if (url.endsWith('/gone')) return void response.writeHead(404).end()
  if (url.endsWith('/flaky') && ++flakyCalls < 3) return void response.writeHead(503).end()
  response.end('picture')
}
