import { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import { decodeCursor, encodeCursor, toPage } from '../database/page-cursor.ts'
import type { Pool } from '../database/pool.ts'
import type { ContactView, Stage } from './contact.ts'
import { type ContactFilter, selectCards, selectMatchingCards } from './contact-list-store.ts'
import { readQuery } from './contact-query.ts'
import { readDefaultCountry } from './default-country.ts'
import { presentContacts } from './present-contact.ts'

export interface ContactListInput {
  query?: string | undefined
  stage?: Stage | undefined
  ownerId?: string | undefined
  companyId?: string | undefined
  cursor?: string | undefined
  limit: number
}

const recentPlace = z.tuple([z.iso.datetime(), z.uuid()])
const rankedPlace = z.tuple([z.number(), z.uuid(), z.boolean()])

/**
 * Cards, the latest touched first. With `query`, those that have just this phone or address; when there are none, those it finds (name, phone in any
 * notation, e-mail, messenger name), the best first, at most 500 of each kind of hit; when there are none, names that are spelled alike.
 */
export async function listContacts({ pool }: { pool: Pool }, actor: Actor, input: ContactListInput) {
  const { stage, ownerId, companyId } = input
  const filter: ContactFilter = { actor, stage, ownerId, companyId, limit: input.limit + 1 }
  if (input.query?.trim()) return await searchCards({ pool }, input.query, input, filter)
  const after = input.cursor === undefined ? undefined : decodeCursor(input.cursor, recentPlace)
  const page = toPage(await selectCards(pool, filter, after), input.limit, (row) => encodeCursor([row.lastTouchAt.toISOString(), row.touchedId]))
  return { items: await views(pool, page.items), nextCursor: page.nextCursor }
}

async function searchCards({ pool }: { pool: Pool }, text: string, input: ContactListInput, filter: ContactFilter) {
  const query = readQuery(text, await readDefaultCountry(pool))
  const [rank, cardId, wasRough] = input.cursor === undefined ? [undefined, undefined, false] : decodeCursor(input.cursor, rankedPlace)
  const after: [number, string] | undefined = rank === undefined ? undefined : [rank, cardId]
  const whole = after === undefined && query.exact.length > 0 ? await selectMatchingCards(pool, query, filter, { after, by: 'whole' }) : []
  const rows = whole.length > 0 ? whole : await selectMatchingCards(pool, query, filter, { after, by: wasRough ? 'roughly' : 'anyhow' })
  const isRough = wasRough || (rows.length === 0 && after === undefined)
  const found = isRough && !wasRough ? await selectMatchingCards(pool, query, filter, { after, by: 'roughly' }) : rows
  const page = toPage(found, input.limit, (row) => encodeCursor([row.rank, row.cardId, isRough]))
  return { items: await views(pool, page.items), nextCursor: page.nextCursor }
}

async function views(pool: Pool, rows: { cardId: string }[]): Promise<ContactView[]> {
  return await presentContacts(
    pool,
    rows.map((row) => row.cardId),
  )
}
