import { z } from 'zod'
import { decodeCursor, encodeCursor, toPage } from '../database/page-cursor.ts'
import type { Queryable } from '../database/pool.ts'
import { type Place, selectAnswers, selectHistory, type VisitorRow } from './visitor-store.ts'

export interface VisitorFile {
  id: string
  name: string
  type: string
  size: number | null
  /** False: still on its way, or lost. */
  isReady: boolean
}

/** A message as its visitor sees it. Times are ISO 8601 UTC. */
export interface VisitorItem {
  id: string
  /** Of his own messages: the id that his page gave it. */
  ownId: string | null
  isOwn: boolean
  text: string
  at: string
  /** Who of us wrote it; null: nobody, or his name is not shown. */
  author: string | null
  isRead: boolean
  files: VisitorFile[]
}

export interface Reader {
  channelId: string
  /** Ids of the visitor, all of them. */
  ids: string[]
  showsNames: boolean
}

const place = z.tuple([z.iso.datetime(), z.uuid()])

/** A page of what a visitor wrote and was written, newest first; `after` is the place of the newest answer among them. Throws `invalid_cursor`. */
export async function readHistory(
  db: Queryable,
  reader: Reader,
  page: { before?: string | undefined; limit: number },
): Promise<{ items: VisitorItem[]; before: string | null; after: string | null }> {
  const before = page.before === undefined ? undefined : decodeCursor(page.before, place)
  const rows = await selectHistory(db, reader.channelId, reader.ids, { before, limit: page.limit + 1 })
  const { items, nextCursor } = toPage(rows, page.limit, cursorOf)
  const answer = items.find((row) => row.direction === 'outbound')
  return { items: items.map((row) => present(reader, row)), before: nextCursor, after: answer ? cursorOf(answer) : null }
}

/** What he was written behind `after` (null: from the beginning), oldest first; `after` of the answer is where to go on. Throws `invalid_cursor`. */
export async function readAnswers(
  db: Queryable,
  reader: Reader,
  page: { after: string | null; limit: number },
): Promise<{ items: VisitorItem[]; after: string | null }> {
  const after: Place | undefined = page.after === null ? undefined : decodeCursor(page.after, place)
  const rows = await selectAnswers(db, reader.channelId, reader.ids, { after, limit: page.limit })
  const last = rows.at(-1)
  return { items: rows.map((row) => present(reader, row)), after: last ? cursorOf(last) : page.after }
}

function cursorOf(row: VisitorRow): string {
  return encodeCursor([row.sortAt.toISOString(), row.id])
}

function present({ showsNames }: Reader, row: VisitorRow): VisitorItem {
  const isOwn = row.direction === 'inbound'
  return {
    id: row.id,
    ownId: isOwn ? (row.externalId?.split(':').at(-1) ?? null) : null,
    isOwn,
    text: row.text,
    at: row.sortAt.toISOString(),
    author: showsNames && !isOwn ? row.author : null,
    isRead: row.status === 'read',
    files: (row.files ?? []).map(({ state, ...file }) => ({ ...file, isReady: state === 'ready' })),
  }
}
