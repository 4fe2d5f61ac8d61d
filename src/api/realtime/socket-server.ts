import type { Server as HttpServer } from 'node:http'
import type { Server as HttpsServer } from 'node:https'
import { Server } from 'socket.io'
import { z } from 'zod'
import { CoreError } from '../../core/errors.ts'
import { followLiveEvents } from '../../core/realtime/follow-live-events.ts'
import { currentCursor } from '../../core/realtime/read-live-events.ts'
import { keepHeartbeat } from '../../core/routing/follow-presence.ts'
import { headersOf, identify } from '../http/authenticate.ts'
import { isOurOrigin } from '../http/origin-check.ts'
import { presentProblem, toCoreError } from '../http/problem.ts'
import { refusal } from '../policies/policy.ts'
import type { ApiDeps } from '../routes/context.ts'
import { type AdapterOptions, chooseAdapter } from './adapter.ts'
import { dropRevoked } from './drop-revoked.ts'
import { createFanOut } from './fan-out.ts'
import type { LiveServer, LiveSocket, Presence } from './live-socket.ts'
import { followPresence, noteRead, showClient } from './presence.ts'

export type SocketDeps = Pick<ApiDeps, 'pool' | 'prisma' | 'signIn' | 'databaseUrl' | 'publicUrl' | 'logger'> & AdapterOptions

export interface LiveSockets {
  /** Shows users who look at a conversation that its client is there, or writes. */
  showClient(presence: Omit<Presence, 'userId' | 'name'>): void
  close(): Promise<void>
}

/** What a client says when it connects: its API key unless it has a cookie, and the cursor it has got to. */
const handshake = z.object({ token: z.string().max(200).optional(), cursor: z.string().max(50).optional() })

/**
 * Live events over socket.io at /socket.io. Each process reads the stream once and hands it to its sockets; a socket that was away reads the
 * pages it missed first. To be called when the server has its request handlers.
 */
export async function openSockets(deps: SocketDeps, httpServer: HttpServer | HttpsServer): Promise<LiveSockets> {
  const server: LiveServer = new Server({
    path: '/socket.io',
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: 100_000,
    allowRequest: (request, answer) => answer(null, isOurOrigin(deps.publicUrl, request.headers)),
  })
  const adapter = chooseAdapter(server, deps)
  let cursor = await currentCursor(deps.pool)
  const fanOut = createFanOut({ server, feed: { pool: deps.pool, cursor: () => cursor }, logger: deps.logger })
  const follower = await followLiveEvents(deps, (items) => {
    const before = cursor
    cursor = items.at(-1)?.cursor ?? before
    fanOut.handOn(items, before)
    noteRead({ pool: deps.pool, server }, items).catch((error: unknown) =>
      deps.logger.debug({ error: String(error) }, 'a visitor was not told that he is read'),
    )
  })
  server.use(async (socket, next) => {
    const refused = await admit(deps, socket)
    if (refused) next(refused)
    else next()
  })
  const heartbeat = keepHeartbeat(deps, () =>
    [...server.sockets.sockets.values()].flatMap(({ data: { actor } }) => (actor.kind === 'user' ? [actor.id] : [])),
  )
  server.on('connection', (socket) => {
    heartbeat.beat()
    followPresence({ ...deps, server }, socket)
    socket.on('disconnect', () => fanOut.remove(socket))
    socket.conn.on('drain', () => {
      socket.data.unsent = 0
    })
    socket.data.unsent = 0
    socket.data.cursor = handshake.safeParse(socket.handshake.auth).data?.cursor ?? cursor
    socket.emit('hello', { cursor: socket.data.cursor })
    fanOut.add(socket)
  })
  const dropping = await dropRevoked({ ...deps, server })
  server.attach(httpServer)
  return {
    showClient: (presence) => showClient(server, presence),
    async close() {
      await heartbeat.close()
      await dropping.close()
      await follower.close()
      await server.close()
      await adapter.close()
    },
  }
}

/** Writes who it is into the socket. Else gives what `connect_error` brings: the code as its message, the problem as its data. */
async function admit(deps: SocketDeps, socket: LiveSocket): Promise<Error | undefined> {
  try {
    const headers = headersOf(socket.request)
    const { token } = handshake.parse(socket.handshake.auth)
    if (token) headers.set('authorization', `Bearer ${token}`)
    const { actor, sessionId } = await identify(deps, headers)
    const code = refusal(actor, 'events.list')
    if (code) throw new CoreError(code)
    socket.data.actor = actor
    if (sessionId) socket.data.sessionId = sessionId
    return undefined
  } catch (error) {
    const told = toCoreError(error)
    return Object.assign(new Error(told.code), { data: presentProblem(told) })
  }
}
