import type { Pool } from '../../core/database/pool.ts'
import { CursorExpired, type LiveItem, type Place, parseCursor } from '../../core/realtime/live-event.ts'
import { currentCursor, readLiveEvents } from '../../core/realtime/read-live-events.ts'
import type { LiveSocket } from './live-socket.ts'
import { visibleItems } from './visible-items.ts'

const pageSize = 500

/** Where the process's own follower of the stream stands. */
export interface Feed {
  pool: Pool
  cursor(): string
}

/**
 * Reads pages behind the socket's cursor and sends them, one after the other as they leave, until nothing lies between the socket and the
 * feed. Resolves false when the socket is gone.
 */
export async function catchUp(feed: Feed, socket: LiveSocket): Promise<boolean> {
  while (socket.connected) {
    // Whatever the feed has passed is visible to a read that begins now: after a short page nothing up to here is missing.
    const reached = feed.cursor()
    const page = await readPage(feed, socket)
    await sendItems(feed, socket, page.items, page.cursor)
    if (page.items.length === pageSize) continue
    socket.data.cursor = later(socket.data.cursor, reached)
    if (!isBefore(socket.data.cursor, feed.cursor())) return socket.connected
  }
  return false
}

async function readPage(feed: Feed, socket: LiveSocket): Promise<{ items: LiveItem[]; cursor: string }> {
  try {
    return await readLiveEvents(feed.pool, { after: socket.data.cursor, limit: pageSize })
  } catch (error) {
    if (!(error instanceof CursorExpired)) throw error
    const cursor = await currentCursor(feed.pool)
    socket.emit('expired', { cursor })
    return { items: [], cursor }
  }
}

/** Sends what the actor may hear and moves the cursor past all; resolves when it has left, or the socket is gone. */
async function sendItems(feed: Feed, socket: LiveSocket, items: LiveItem[], cursor: string): Promise<void> {
  const visible = await visibleItems(feed.pool, socket.data.actor, items)
  socket.data.cursor = cursor
  if (items.length === 0 || !socket.connected) return
  socket.data.unsent++
  socket.emit('live', { items: visible, cursor })
  await drained(socket)
}

/** A socket that reads slowly holds up nobody but itself. */
async function drained(socket: LiveSocket): Promise<void> {
  const { conn } = socket
  if (socket.data.unsent === 0) return
  await new Promise<void>((resolve) => {
    const done = () => {
      conn.off('drain', done)
      conn.off('close', done)
      resolve()
    }
    conn.on('drain', done)
    conn.on('close', done)
  })
}

export function isSamePlace(a: string, b: string): boolean {
  return compare(parseCursor(a), parseCursor(b)) === 0
}

function isBefore(a: string, b: string): boolean {
  return compare(parseCursor(a), parseCursor(b)) < 0
}

function later(a: string, b: string): string {
  return isBefore(a, b) ? b : a
}

function compare(a: Place, b: Place): number {
  if (a.transactionId !== b.transactionId) return a.transactionId < b.transactionId ? -1 : 1
  if (a.id === b.id) return 0
  return a.id < b.id ? -1 : 1
}
