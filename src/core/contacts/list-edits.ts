import { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import { decodeCursor, encodeCursor, toPage } from '../database/page-cursor.ts'
import type { Pool } from '../database/pool.ts'
import { type ContactEditRow, selectEdits } from './contact-store.ts'
import { requireCard } from './visible-contacts.ts'

export type ContactEditView = Omit<ContactEditRow, 'at'> & { at: string }

const place = z.tuple([z.iso.datetime(), z.uuid()])

/** The history of a card's fields, newest first. Throws `not_found`. */
export async function listEdits({ pool }: { pool: Pool }, actor: Actor, id: string, page: { cursor?: string | undefined; limit: number }) {
  const cardId = await requireCard(pool, actor, id)
  const after = page.cursor === undefined ? undefined : decodeCursor(page.cursor, place)
  const rows = await selectEdits(pool, cardId, { after, limit: page.limit + 1 })
  return toPage(rows.map(presentEdit), page.limit, (edit) => encodeCursor([edit.at, edit.id]))
}

export function presentEdit(row: ContactEditRow): ContactEditView {
  return { ...row, at: row.at.toISOString() }
}
