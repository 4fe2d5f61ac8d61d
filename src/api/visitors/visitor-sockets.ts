import type { Server as HttpServer, IncomingMessage } from 'node:http'
import type { Server as HttpsServer } from 'node:https'
import type { Duplex } from 'node:stream'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import { z } from 'zod'
import { listen } from '../../core/database/listen.ts'
import { readSignal, type VisitorSignal, visitorsTopic } from '../../core/visitors/visitor-signal.ts'
import { conversationsOf } from '../../core/visitors/visitor-store.ts'
import { readVisitorToken } from '../../core/visitors/visitor-token.ts'
import type { Presence } from '../realtime/live-socket.ts'
import { keepAttendance } from './attendance.ts'
import { createOpenPages, type OpenPages } from './open-pages.ts'
import { bringAnswers, type PageSocket, tellPage } from './page-socket.ts'
import { type CallerOf, createFlood, findVisitorChannel, type VisitorChannel, type VisitorDeps } from './visitor-door.ts'

const beatMs = 30_000
const helloWithinMs = 10_000
/** Pages open at once from one network address, of all channels. */
const mostOfAddress = 1_000
/** What a page may say within a minute. */
const mostPerMinute = 120

const fromPage = z.discriminatedUnion('is', [
  z.object({ is: z.literal('hello'), token: z.string().max(1_000), after: z.string().max(500).nullable() }),
  z.object({ is: z.literal('typing'), isTyping: z.boolean() }),
])
type Said = z.output<typeof fromPage>

export interface VisitorSocketDeps extends VisitorDeps {
  callerOf: CallerOf
  /** Shows users who look at a conversation that its client is there, or writes. */
  showClient(presence: Omit<Presence, 'userId' | 'name'>): void
}

/** `/visitors/<channelKey>/socket`: plain WebSockets, since what a page has to load weighs more than what it lacks. */
export async function openVisitorSockets(deps: VisitorSocketDeps, httpServer: HttpServer | HttpsServer): Promise<{ close(): Promise<void> }> {
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: 4_096, clientTracking: false })
  const pages = createOpenPages()
  const context: Context = { ...deps, pages, attendanceOf: keepAttendance(deps.pool), ofAddress: new Map() }
  const flood = createFlood()
  const upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const key = /^\/visitors\/([A-Za-z0-9_-]{1,128})\/socket(?:\?|$)/.exec(request.url ?? '')?.[1]
    if (key === undefined) return
    const address = deps.callerOf(request)
    stream.on('error', () => stream.destroy())
    const refuse = (status: string) => void stream.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
    if (flood('socket', address) || (context.ofAddress.get(address) ?? 0) >= mostOfAddress) return refuse('429 Too Many Requests')
    findVisitorChannel(deps, key).then(
      (found) => {
        if (!found) return refuse('404 Not Found')
        if (!found.admits(request.headers.origin)) return refuse('403 Forbidden')
        server.handleUpgrade(request, stream, head, (socket) => serve(context, { socket, found, address }))
      },
      () => refuse('503 Service Unavailable'),
    )
  }
  httpServer.on('upgrade', upgrade)
  const listening = await listen(deps, visitorsTopic, (payload) => {
    // After a broken connection nobody knows what was said meanwhile.
    if (payload === undefined) for (const page of pages.all()) bringQuietly(context, page)
    else hear(context, readSignal(payload))
  })
  const beating = setInterval(() => void beat(context), beatMs)
  beating.unref()
  return {
    async close() {
      clearInterval(beating)
      httpServer.off('upgrade', upgrade)
      await listening.close()
      for (const page of pages.all()) page.socket.terminate()
      server.close()
    },
  }
}

interface Context extends VisitorSocketDeps {
  pages: OpenPages
  attendanceOf: ReturnType<typeof keepAttendance>
  ofAddress: Map<string, number>
}

function serve(context: Context, { socket, found, address }: { socket: WebSocket; found: VisitorChannel; address: string }): void {
  context.ofAddress.set(address, (context.ofAddress.get(address) ?? 0) + 1)
  let page: PageSocket | undefined
  let said = 0
  let saidSince = Date.now()
  const late = setTimeout(() => socket.close(1008, 'hello first'), helloWithinMs)
  socket.on('error', () => socket.terminate())
  socket.on('pong', () => {
    if (page) page.isAlive = true
  })
  socket.on('message', (data: RawData) => {
    if (Date.now() - saidSince > 60_000) [said, saidSince] = [0, Date.now()]
    const heard = ++said > mostPerMinute ? undefined : readSaid(data)
    if (!heard) return socket.close(1008, 'not understood')
    if (heard.is === 'typing') return page && void showClient(context, page, heard.isTyping)
    if (page) return
    clearTimeout(late)
    page = greet(context, { socket, found }, heard)
    if (!page) socket.close(4401, 'the token is not ours')
  })
  socket.on('close', () => {
    clearTimeout(late)
    const left = (context.ofAddress.get(address) ?? 1) - 1
    if (left > 0) context.ofAddress.set(address, left)
    else context.ofAddress.delete(address)
    if (page) leave(context, page)
  })
}

function readSaid(data: RawData): Said | undefined {
  try {
    return fromPage.safeParse(JSON.parse(String(data))).data
  } catch {
    return undefined
  }
}

function greet(
  context: Context,
  { socket, found }: { socket: WebSocket; found: VisitorChannel },
  hello: Extract<Said, { is: 'hello' }>,
): PageSocket | undefined {
  const token = readVisitorToken(context.vault, found.channel.id, hello.token, new Date())
  if (!token) return undefined
  const page: PageSocket = { socket, found, ids: token.ids, after: hello.after, isAlive: true, isReading: false, isWanted: false }
  context.pages.add(page)
  context.attendanceOf(found.channel).then(
    (attendance) => tellPage(page, { is: 'ready', ...attendance }),
    () => socket.close(1011),
  )
  bringQuietly(context, page)
  void showClient(context, page, false)
  return page
}

function leave(context: Context, page: PageSocket): void {
  context.pages.remove(page)
  if (page.ids.some((id) => context.pages.isOpen(page.found.channel.id, id))) return
  void showClient(context, page, false, false)
}

function bringQuietly(context: Context, page: PageSocket): void {
  bringAnswers(context, page).catch((error: unknown) => {
    context.logger.warn({ error: String(error) }, 'a page could not be told of its answers; it will connect anew')
    page.socket.close(1011)
  })
}

function hear(context: Context, signal: VisitorSignal | undefined): void {
  if (!signal) return
  const { news } = signal
  const pages = context.pages.of(signal.channelId, signal.visitorId)
  for (const page of pages) {
    if (news.is === 'message') bringQuietly(context, page)
    if (news.is === 'look') tellPage(page, { is: 'seen' })
    if (news.is === 'typing') {
      const { showsNames } = page.found.greet({ language: '', now: new Date() })
      tellPage(page, { is: 'typing', isTyping: news.isTyping, name: showsNames ? news.name : null })
    }
  }
  if (news.is === 'look' && pages.size > 0) context.showClient({ conversationId: news.conversationId, looking: true, typing: false, isClient: true })
}

/** In the conversations that bear his ids, whoever looks at them. */
async function showClient(context: Context, page: PageSocket, typing: boolean, looking = true): Promise<void> {
  try {
    for (const conversationId of await conversationsOf(context.pool, page.found.channel.id, page.ids)) {
      context.showClient({ conversationId, looking, typing, isClient: true })
    }
  } catch (error) {
    context.logger.debug({ error: String(error) }, 'nobody was shown that a visitor is there')
  }
}

/** Ends the dead, and lets the living notice when we are. A channel that was changed since is seen as it is now; one that is gone has no pages. */
async function beat(context: Context): Promise<void> {
  for (const page of context.pages.all()) {
    const found = await findVisitorChannel(context, page.found.channel.key).catch(() => page.found)
    if (found) page.found = found
    if (!found || !page.isAlive) {
      page.socket.terminate()
      continue
    }
    page.isAlive = false
    page.socket.ping()
    const attendance = await context.attendanceOf(page.found.channel).catch(() => undefined)
    if (attendance) tellPage(page, { is: 'beat', ...attendance })
  }
}
