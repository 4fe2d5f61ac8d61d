import type { Logger } from '../../core/connector/hub.ts'
import type { LiveItem } from '../../core/realtime/live-event.ts'
import { eventPolicies } from '../policies/event-policies.ts'
import { catchUp, type Feed, isSamePlace } from './catch-up.ts'
import type { LiveServer, LiveSocket } from './live-socket.ts'
import { allowedItems } from './visible-items.ts'

/** More packets than this waiting to leave: the socket reads its own pages from now on, at its own speed. */
const slowAfter = 256

interface ReadingState {
  isBusy: boolean
  /** Something new came while it was busy. */
  isWanted: boolean
  /** It was told that it has caught up. */
  isCurrent: boolean
}

export interface FanOut {
  /** Takes a socket that stands at its `data.cursor`. */
  add(socket: LiveSocket): void
  remove(socket: LiveSocket): void
  /** What the feed brings next; `before` is where it stood. */
  handOn(items: LiveItem[], before: string): void
}

/**
 * Sockets of one view (role and scopes) that are up to date share a room, so that an event is encoded once for all of them. Whoever was away,
 * is slow, or sees only his own clients reads his own pages and is woken by each hand-on.
 */
export function createFanOut({ server, feed, logger }: { server: LiveServer; feed: Feed; logger: Logger }): FanOut {
  const upToDate = new Set<LiveSocket>()
  const reading = new Map<LiveSocket, ReadingState>()

  async function readOn(socket: LiveSocket): Promise<void> {
    const state = reading.get(socket)
    if (!state) return
    state.isWanted = true
    if (state.isBusy) return
    state.isBusy = true
    try {
      while (state.isWanted) {
        state.isWanted = false
        if (!(await catchUp(feed, socket))) return
        if (!state.isCurrent) socket.emit('current', { cursor: socket.data.cursor })
        state.isCurrent = true
        if (socket.data.actor.ownClientsOnly) continue
        // Nothing may come between this comparison and the room: both happen in one turn.
        if (isSamePlace(socket.data.cursor, feed.cursor())) return join(socket)
      }
    } finally {
      state.isBusy = false
    }
  }

  function readOnQuietly(socket: LiveSocket): void {
    readOn(socket).catch((error: unknown) => {
      logger.warn({ error: String(error) }, 'a console could not be served live; it will connect anew')
      socket.conn.close()
    })
  }

  function join(socket: LiveSocket): void {
    reading.delete(socket)
    upToDate.add(socket)
    void socket.join(roomOf(socket))
  }

  function fallBehind(socket: LiveSocket, cursor: string): void {
    upToDate.delete(socket)
    void socket.leave(roomOf(socket))
    socket.data.cursor = cursor
    reading.set(socket, { isBusy: false, isWanted: false, isCurrent: true })
  }

  return {
    add(socket) {
      reading.set(socket, { isBusy: false, isWanted: false, isCurrent: false })
      readOnQuietly(socket)
    },
    remove(socket) {
      upToDate.delete(socket)
      reading.delete(socket)
    },
    handOn(items, before) {
      const personal = new Set(items.flatMap((item) => (eventPolicies[item.type].only === 'self' ? [item.subjectId] : [])))
      const views = new Map<string, LiveSocket>()
      for (const socket of upToDate) {
        if (socket.data.unsent > slowAfter || personal.has(socket.data.actor.id)) fallBehind(socket, before)
        else {
          views.set(roomOf(socket), socket)
          socket.data.unsent++
        }
      }
      const cursor = items.at(-1)?.cursor ?? before
      for (const [room, { data }] of views) {
        const visible = allowedItems({ ...data.actor, id: '' }, items)
        if (visible.length > 0) server.local.to(room).emit('live', { items: visible, cursor })
      }
      for (const socket of reading.keys()) readOnQuietly(socket)
    },
  }
}

function roomOf({ data: { actor } }: LiveSocket): string {
  return `live:${actor.role}:${(actor.scopes ?? []).join()}`
}
