import { z } from 'zod'
import type { Pool } from '../../core/database/pool.ts'
import { noteLook } from '../../core/routing/routing-store.ts'
import type { LiveServer, LiveSocket, Presence } from './live-socket.ts'
import { maySeeConversation } from './may-see-conversation.ts'

const lookedAt = z.uuid().nullable()

/** Colleagues in one conversation see each other looking and typing. Kept nowhere; gone with the socket. */
export function followPresence({ pool, server }: { pool: Pool; server: LiveServer }, socket: LiveSocket): void {
  const tell = (conversationId: string, state: { looking: boolean; typing: boolean }) => {
    const { id: userId, name } = socket.data.actor
    socket.to(roomOf(conversationId)).emit('presence', { conversationId, userId, name, ...state })
  }
  const leave = async () => {
    const { conversationId } = socket.data
    if (!conversationId) return
    delete socket.data.conversationId
    tell(conversationId, { looking: false, typing: false })
    await socket.leave(roomOf(conversationId))
  }
  socket.on('look', async (wanted) => {
    const parsed = lookedAt.safeParse(wanted)
    await leave()
    if (!parsed.success || parsed.data === null || !(await maySeeConversation(pool, socket.data.actor, parsed.data))) return
    socket.data.conversationId = parsed.data
    await noteLook(pool, parsed.data, socket.data.actor.id)
    await socket.join(roomOf(parsed.data))
    tell(parsed.data, { looking: true, typing: false })
    for (const presence of await whoLooks(server, parsed.data)) if (presence.userId !== socket.data.actor.id) socket.emit('presence', presence)
  })
  socket.on('typing', (typing) => {
    const { conversationId } = socket.data
    if (conversationId) tell(conversationId, { looking: true, typing: typing === true })
  })
  socket.on('disconnecting', () => {
    const { conversationId } = socket.data
    if (conversationId) tell(conversationId, { looking: false, typing: false })
  })
}

async function whoLooks(server: LiveServer, conversationId: string): Promise<Presence[]> {
  const sockets = await server.in(roomOf(conversationId)).fetchSockets()
  return sockets.map(({ data: { actor } }) => ({ conversationId, userId: actor.id, name: actor.name, looking: true, typing: false }))
}

function roomOf(conversationId: string): string {
  return `conversation:${conversationId}`
}
