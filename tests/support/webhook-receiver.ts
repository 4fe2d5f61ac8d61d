import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ReceivedWebhook {
  headers: Record<string, string>
  body: string
}

export interface WebhookReceiver {
  url: string
  /** Everything that came, also what was answered badly. */
  received: ReceivedWebhook[]
  /** What to answer from now on: a status, `hang` for ever, `cut` the line, or anything else. */
  behave(how: number | 'hang' | 'cut' | ((response: ServerResponse) => void)): void
  close(): Promise<void>
}

/** Somebody outside, on a real socket. */
export async function webhookReceiver(): Promise<WebhookReceiver> {
  const received: ReceivedWebhook[] = []
  let how: Parameters<WebhookReceiver['behave']>[0] = 200
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
    received.push({ headers, body: Buffer.concat(chunks).toString('utf8') })
    if (typeof how === 'function') how(response)
    else if (how === 'cut') request.socket.destroy()
    else if (how !== 'hang') response.writeHead(how).end('ok')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    behave(next) {
      how = next
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
