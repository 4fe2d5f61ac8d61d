import type { QueryClient } from '@tanstack/react-query'
import { io, type Socket } from 'socket.io-client'
import { invalidatedBy } from './invalidated-by.ts'
import { isBefore, type LiveItem } from './live-item.ts'
import { changeLive, liveState } from './live-store.ts'

let socket: Socket | undefined

/**
 * Opens the one socket of this console. It comes back with its last cursor, so that exactly what was missed arrives; where that is too old,
 * everything shown is loaded anew. Items seen before are passed over.
 */
export function connectLive(queries: QueryClient): () => void {
  const opened = io({ path: '/socket.io', transports: ['websocket'], auth: (give) => give({ cursor: liveState().cursor }) })
  socket = opened
  opened.on('hello', ({ cursor }: { cursor: string }) => changeLive({ cursor: liveState().cursor ?? cursor }))
  opened.on('current', () => changeLive({ isLive: true, lostAt: null }))
  opened.on('live', (page: { items: LiveItem[]; cursor: string }) => {
    const known = liveState().cursor
    const fresh = page.items.filter((item) => known === undefined || isBefore(known, item.cursor))
    changeLive({ cursor: known === undefined || isBefore(known, page.cursor) ? page.cursor : known })
    const keys = new Map(fresh.flatMap(invalidatedBy).map((key) => [JSON.stringify(key), key]))
    for (const key of keys.values()) void queries.invalidateQueries({ queryKey: key })
  })
  opened.on('expired', ({ cursor }: { cursor: string }) => {
    changeLive({ cursor })
    void queries.invalidateQueries()
  })
  opened.on('disconnect', () => changeLive({ isLive: false, lostAt: Date.now() }))
  return () => {
    opened.close()
    socket = undefined
  }
}

/** Tells colleagues which conversation is looked at. */
export function lookAt(conversationId: string | null): void {
  socket?.emit('look', conversationId)
}

export function tellTyping(isTyping: boolean): void {
  socket?.emit('typing', isTyping)
}

/** Calls back with who else looks at or writes in conversations. Returns what stops it. */
export function onPresence(listener: (presence: Presence) => void): () => void {
  socket?.on('presence', listener)
  return () => socket?.off('presence', listener)
}

export interface Presence {
  conversationId: string
  userId: string
  name: string
  looking: boolean
  typing: boolean
}
