import { z } from 'zod'
import type { Logger } from '../../core/connector/hub.ts'
import type { Pool } from '../../core/database/pool.ts'
import type { LiveItem } from '../../core/realtime/live-event.ts'
import { noteLook } from '../../core/routing/routing-store.ts'
import { signalVisitor } from '../../core/visitors/visitor-signal.ts'
import { visitorOf } from '../../core/visitors/visitor-store.ts'
import type { LiveServer, LiveSocket, Presence } from './live-socket.ts'
import { maySeeConversation } from './may-see-conversation.ts'

const lookedAt = z.uuid().nullable()

/** Colleagues in one conversation see each other looking and typing. Kept nowhere; gone with the socket. Looks are taken one after the other. */
export function followPresence({ pool, server, logger }: { pool: Pool; server: LiveServer; logger: Logger }, socket: LiveSocket): void {
  let looking = Promise.resolve()
  const tell = (conversationId: string, state: { looking: boolean; typing: boolean }) => {
    const { id: userId, name } = socket.data.actor
    socket.to(roomOf(conversationId)).emit('presence', { conversationId, userId, name, ...state })
  }
  const tellVisitor = (isTyping: boolean) => {
    const { visitor, actor } = socket.data
    if (visitor) void signalVisitor(pool, { ...visitor, news: { is: 'typing', isTyping, name: actor.name } }).catch(() => {})
  }
  const leave = async () => {
    const { conversationId } = socket.data
    if (!conversationId) return
    delete socket.data.conversationId
    tellVisitor(false)
    delete socket.data.visitor
    tell(conversationId, { looking: false, typing: false })
    await socket.leave(roomOf(conversationId))
  }
  const look = async (wanted: unknown) => {
    const parsed = lookedAt.safeParse(wanted)
    await leave()
    if (!parsed.success || parsed.data === null || !(await maySeeConversation(pool, socket.data.actor, parsed.data))) return
    await noteLook(pool, parsed.data, socket.data.actor.id)
    if (!socket.connected) return
    socket.data.conversationId = parsed.data
    await socket.join(roomOf(parsed.data))
    tell(parsed.data, { looking: true, typing: false })
    await lookAtVisitor(pool, parsed.data, socket)
    for (const presence of await whoLooks(server, parsed.data)) if (presence.userId !== socket.data.actor.id) socket.emit('presence', presence)
  }
  socket.on('look', (wanted) => {
    looking = looking
      .then(() => look(wanted))
      .catch((error: unknown) => logger.warn({ error: String(error) }, 'colleagues were not shown who looks at a conversation'))
  })
  socket.on('typing', (typing) => {
    const { conversationId } = socket.data
    if (conversationId) tell(conversationId, { looking: true, typing: typing === true })
    tellVisitor(typing === true)
  })
  socket.on('disconnecting', () => {
    const { conversationId } = socket.data
    if (conversationId) tell(conversationId, { looking: false, typing: false })
    tellVisitor(false)
  })
}

/** A visitor sees that he is read; and users, whether he is there. */
async function lookAtVisitor(pool: Pool, conversationId: string, socket: LiveSocket): Promise<void> {
  const visitor = await visitorOf(pool, conversationId)
  if (!visitor) return
  socket.data.visitor = visitor
  await signalVisitor(pool, { ...visitor, news: { is: 'look', conversationId } })
}

/** What a visitor wrote while somebody has his conversation before him is read at once. */
export async function noteRead({ pool, server }: { pool: Pool; server: LiveServer }, items: LiveItem[]): Promise<void> {
  for (const { type, conversationId, payload } of items) {
    if (type !== 'entry.created' || conversationId === null || !server.sockets.adapter.rooms.has(roomOf(conversationId))) continue
    const visitor = 'direction' in payload && payload.direction === 'inbound' ? await visitorOf(pool, conversationId) : undefined
    if (visitor) await signalVisitor(pool, { ...visitor, news: { is: 'look', conversationId } })
  }
}

/** Shows the client himself to whoever looks. */
export function showClient(server: LiveServer, presence: Omit<Presence, 'userId' | 'name'>): void {
  server.to(roomOf(presence.conversationId)).emit('presence', { ...presence, userId: presence.conversationId, name: '' })
}

async function whoLooks(server: LiveServer, conversationId: string): Promise<Presence[]> {
  const sockets = await server.in(roomOf(conversationId)).fetchSockets()
  return sockets.map(({ data: { actor } }) => ({ conversationId, userId: actor.id, name: actor.name, looking: true, typing: false }))
}

function roomOf(conversationId: string): string {
  return `conversation:${conversationId}`
}
