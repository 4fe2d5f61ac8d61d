import { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import { decodeCursor, encodeCursor, toPage } from '../database/page-cursor.ts'
import type { Pool } from '../database/pool.ts'
import type { ContactView } from './contact.ts'
import { presentContacts } from './present-contact.ts'
import { type SuggestionRow, selectOpenSuggestions } from './suggestion-store.ts'
import { requireCard } from './visible-contacts.ts'

export interface SuggestionView {
  id: string
  first: ContactView
  second: ContactView
  reasons: SuggestionRow['reasons']
  status: SuggestionRow['status']
  createdAt: string
}

const place = z.tuple([z.iso.datetime(), z.uuid()])

/** "Perhaps the same person", the newest first; of one card when `contactId` is given. Throws `not_found`. */
export async function listSuggestions(
  { pool }: { pool: Pool },
  actor: Actor,
  input: { contactId?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<{ items: SuggestionView[]; nextCursor: string | null }> {
  const cardId = input.contactId === undefined ? undefined : await requireCard(pool, actor, input.contactId)
  const after = input.cursor === undefined ? undefined : decodeCursor(input.cursor, place)
  const rows = await selectOpenSuggestions(pool, actor, { cardId, after, limit: input.limit + 1 })
  const page = toPage(rows, input.limit, (row) => encodeCursor([row.createdAt.toISOString(), row.id]))
  return { items: await present(pool, page.items), nextCursor: page.nextCursor }
}

async function present(pool: Pool, rows: SuggestionRow[]): Promise<SuggestionView[]> {
  const cards = await presentContacts(pool, [...new Set(rows.flatMap((row) => [row.firstCardId, row.secondCardId]))])
  const byId = new Map(cards.map((card) => [card.id, card]))
  return rows.flatMap(({ id, reasons, status, createdAt, firstCardId, secondCardId }) => {
    const first = byId.get(firstCardId)
    const second = byId.get(secondCardId)
    return first && second ? [{ id, first, second, reasons, status, createdAt: createdAt.toISOString() }] : []
  })
}
