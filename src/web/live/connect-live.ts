import type { QueryClient } from '@tanstack/react-query'
import { io, type Socket } from 'socket.io-client'
import { invalidatedBy } from './invalidated-by.ts'
import { isBefore, type LiveItem } from './live-item.ts'
import { changeLive, liveState } from './live-store.ts'
import { listRefresher } from './refresh-lists.ts'

/** A pen is shown for a few seconds; it need not be told of every key. */
const typingEveryMs = 2_000

let socket: Socket | undefined
let lookedAt: string | null = null
let typingToldAt = 0
const itemListeners = new Set<(item: LiveItem) => void>()
const presenceListeners = new Set<(presence: Presence) => void>()

/**
 * Opens the one socket of this console. It comes back with its last cursor, so that exactly what was missed arrives; where that is too old,
 * everything shown is loaded anew. Items seen before are passed over.
 */
export function connectLive(queries: QueryClient): () => void {
  const opened = io({ path: '/socket.io', transports: ['websocket'], auth: (give) => give({ cursor: liveState().cursor }) })
  socket = opened
  const refresh = listRefresher(queries)
  opened.on('connect', () => lookedAt !== null && opened.emit('look', lookedAt))
  opened.on('presence', (presence: Presence) => {
    for (const listener of presenceListeners) listener(presence)
  })
  opened.on('hello', ({ cursor }: { cursor: string }) => changeLive({ cursor: liveState().cursor ?? cursor }))
  opened.on('current', () => changeLive({ isLive: true, lostAt: null }))
  opened.on('live', (page: { items: LiveItem[]; cursor: string }) => {
    const known = liveState().cursor
    const fresh = page.items.filter((item) => known === undefined || isBefore(known, item.cursor))
    changeLive({ cursor: known === undefined || isBefore(known, page.cursor) ? page.cursor : known })
    for (const item of fresh) for (const listener of itemListeners) listener(item)
    refresh(fresh.flatMap(invalidatedBy))
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

/** Tells colleagues which conversation is looked at, again after every reconnection. */
export function lookAt(conversationId: string | null): void {
  lookedAt = conversationId
  if (socket?.connected) socket.emit('look', conversationId)
}

export function tellTyping(isTyping: boolean): void {
  if (isTyping && Date.now() - typingToldAt < typingEveryMs) return
  typingToldAt = isTyping ? Date.now() : 0
  socket?.emit('typing', isTyping)
}

/** Calls back with each new live event. Returns what stops it. */
export function onLiveItem(listener: (item: LiveItem) => void): () => void {
  itemListeners.add(listener)
  return () => itemListeners.delete(listener)
}

/** Calls back with who else looks at or writes in conversations. Returns what stops it. */
export function onPresence(listener: (presence: Presence) => void): () => void {
  presenceListeners.add(listener)
  return () => presenceListeners.delete(listener)
}

export interface Presence {
  conversationId: string
  userId: string
  name: string
  looking: boolean
  typing: boolean
  /** The client himself, on a page of the firm's site. */
  isClient?: true
}
