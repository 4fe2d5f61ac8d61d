import { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import { escapeLike } from '../contacts/contact-query.ts'
import { requireCard } from '../contacts/visible-contacts.ts'
import { decodeCursor, encodeCursor, toPage } from '../database/page-cursor.ts'
import type { Pool, Queryable } from '../database/pool.ts'
import type { EntryView } from './entry.ts'
import { presentEntries } from './present-entry.ts'
import { type EntryPlace, selectCardTimeline, selectCompanyTimeline, type TimelineFilter } from './timeline-store.ts'

interface Deps {
  pool: Pool
}

export interface TimelineInput extends Omit<TimelineFilter, 'after' | 'like'> {
  cursor?: string | undefined
  /** What must stand in the text or the subject. */
  query?: string | undefined
}

export interface EntryPage {
  items: EntryView[]
  nextCursor: string | null
}

const place = z.tuple([z.iso.datetime(), z.uuid()])

/** Everything that happened with a client, newest first; of a merged contact, that of its card. Throws `not_found`, `invalid_cursor`. */
export async function readContactTimeline({ pool }: Deps, actor: Actor, contactId: string, input: TimelineInput): Promise<EntryPage> {
  const cardId = await requireCard(pool, actor, contactId)
  return await presentPage(pool, await selectCardTimeline(pool, cardId, filterOf(input)), input.limit)
}

/** Everything that happened with the people of a company whom the actor may see, newest first. */
export async function readCompanyTimeline({ pool }: Deps, actor: Actor, companyId: string, input: TimelineInput): Promise<EntryPage> {
  return await presentPage(pool, await selectCompanyTimeline(pool, actor, companyId, filterOf(input)), input.limit)
}

/** Reads one more than `limit`, to know whether there is a next page. */
export function filterOf(input: TimelineInput): TimelineFilter {
  const { cursor, limit, query, ...filter } = input
  const like = query?.trim() ? `%${escapeLike(query.trim().replaceAll('\u0000', ''))}%` : undefined
  return { ...filter, like, after: cursor === undefined ? undefined : decodeCursor(cursor, place), limit: limit + 1 }
}

export async function presentPage(db: Queryable, places: EntryPlace[], limit: number): Promise<EntryPage> {
  const page = toPage(places, limit, (row) => encodeCursor([row.sortAt.toISOString(), row.id]))
  const items = await presentEntries(
    db,
    page.items.map(({ id }) => id),
  )
  return { items, nextCursor: page.nextCursor }
}
