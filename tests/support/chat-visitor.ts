import { randomUUID } from 'node:crypto'
import { WebSocket } from 'ws'
import type { FromPage, ToPage, VisitorHistory, VisitorMessage, VisitorSession } from '../../src/api/contract/visitors.ts'

/** A page of a visitor without a browser: its wire, and nothing else. */
export interface ChatVisitor {
  id: string
  token: string
  session: VisitorSession
  /** Posts through the channel's hook; the status, or undefined when nobody answered. */
  post(payload: object, id?: string): Promise<number | undefined>
  history(before?: string): Promise<VisitorHistory>
  connect(after?: string | null, as?: { token?: string; origin?: string; localAddress?: string }): Promise<ChatSocket>
}

export interface ChatSocket {
  /** Everything the hub has said on this socket. */
  heard: ToPage[]
  answers(): VisitorMessage[]
  say(said: FromPage): void
  closed: Promise<number>
  close(): void
}

export const chatOrigin = 'https://shop.example'

export async function openVisitor(
  hub: { url: string },
  channel: { hookUrl: string },
  given: { token?: string; identity?: unknown; origin?: string } = {},
): Promise<ChatVisitor> {
  const { origin = chatOrigin, ...request } = given
  const base = `${hub.url}/visitors/${channel.hookUrl.split('/').at(-1)}`
  const ask = async (path: string, body: object) => {
    const response = await fetch(`${base}/${path}`, { method: 'POST', headers: { origin }, body: JSON.stringify(body) })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return await response.json()
  }
  const session = (await ask('session', request)) as VisitorSession
  const { token, visitorId } = session
  return {
    id: visitorId,
    token,
    session,
    async post(payload, id = randomUUID()) {
      const isForm = payload instanceof FormData
      const headers = { origin, authorization: `Bearer ${token}`, ...(!isForm && { 'content-type': 'application/json' }) }
      try {
        const response = await fetch(`${channel.hookUrl}?visitor=${visitorId}&id=${id}`, {
          method: 'POST',
          headers,
          body: isForm ? payload : JSON.stringify(payload),
          signal: AbortSignal.timeout(20_000),
        })
        await response.arrayBuffer()
        return response.status
      } catch {
        return undefined
      }
    },
    history: async (before) => (await ask('history', { token, before })) as VisitorHistory,
    connect: (after = null, as = {}) =>
      openChatSocket(
        `${base.replace('http', 'ws')}/socket`,
        { origin: as.origin ?? origin, ...(as.localAddress && { localAddress: as.localAddress }) },
        { is: 'hello', token: as.token ?? token, after },
      ),
  }
}

async function openChatSocket(url: string, from: { origin: string; localAddress?: string }, hello: FromPage): Promise<ChatSocket> {
  const socket = new WebSocket(url, { ...from, perMessageDeflate: false })
  const heard: ToPage[] = []
  socket.on('message', (data) => heard.push(JSON.parse(String(data)) as ToPage))
  const closed = new Promise<number>((resolve) => socket.on('close', resolve))
  await new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  socket.on('error', () => undefined)
  const say = (said: FromPage) => socket.send(JSON.stringify(said))
  say(hello)
  return {
    heard,
    answers: () => heard.flatMap((said) => (said.is === 'answers' ? said.items : [])),
    say,
    closed,
    close: () => socket.terminate(),
  }
}
