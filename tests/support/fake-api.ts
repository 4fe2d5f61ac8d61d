import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** One request to the fake, with its body read: JSON, a form's fields as text, or the raw text of an upload under `raw`. */
export interface ApiCall {
  method: string
  path: string
  query: Record<string, string>
  headers: Record<string, string>
  fields: Record<string, unknown>
}

/** Sent as JSON with 200, unless it says otherwise. `silence`: never answered. */
export type ApiAnswer = { status?: number; headers?: Record<string, string>; body?: unknown } | 'cut' | 'silence'

export interface FakeApi {
  url: string
  calls: ApiCall[]
  /** Calls of one path, in their order. */
  to(path: string): ApiCall[]
  close(): Promise<void>
}

/** A vendor's HTTP API on 127.0.0.1 that answers what a function says. */
export async function fakeApi(answer: (call: ApiCall) => ApiAnswer | Promise<ApiAnswer>): Promise<FakeApi> {
  const calls: ApiCall[] = []
  const server = createServer((request, response) => {
    take(request, response).catch(() => request.socket.destroy())
  })

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://fake')
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
    const fields = readFields(headers['content-type'] ?? '', await buffer(request))
    const call = { method: request.method ?? '', path: pathname, query: Object.fromEntries(searchParams), headers, fields }
    calls.push(call)
    const said = await answer(call)
    if (said === 'silence') return
    if (said === 'cut') return void request.socket.destroy()
    const { status = 200, body = {} } = said
    const isRaw = typeof body === 'string' || body instanceof Uint8Array
    response.writeHead(status, { ...(isRaw ? {} : { 'content-type': 'application/json' }), ...said.headers })
    response.end(isRaw ? body : JSON.stringify(body))
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    to: (path) => calls.filter((call) => call.path === path),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function readFields(type: string, body: Buffer): Record<string, unknown> {
  const text = body.toString('utf8')
  if (type.includes('json')) return JSON.parse(text) as Record<string, unknown>
  if (type.includes('urlencoded')) return Object.fromEntries(new URLSearchParams(text))
  return { raw: text }
}
