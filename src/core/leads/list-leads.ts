import { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import { requireCard } from '../contacts/visible-contacts.ts'
import { decodeCursor, encodeCursor, toPage } from '../database/page-cursor.ts'
import type { Pool } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import type { LeadView } from './lead.ts'
import { type LeadFilter, selectLeads } from './lead-store.ts'
import { presentLeads } from './present-lead.ts'

const place = z.tuple([z.iso.datetime(), z.uuid()])

/** Leads, the newest first; with `contactId` those of its whole card. Throws `invalid_cursor`. */
export async function listLeads(
  { pool }: { pool: Pool },
  actor: Actor,
  { cursor, limit, ...filter }: LeadFilter & { cursor?: string | undefined; limit: number },
): Promise<{ items: LeadView[]; nextCursor: string | null }> {
  const after = cursor === undefined ? undefined : decodeCursor(cursor, place)
  const rows = await selectLeads(pool, actor, filter, { after, limit: limit + 1 })
  const page = toPage(rows, limit, (row) => encodeCursor([row.createdAt.toISOString(), row.id]))
  const items = await presentLeads(
    pool,
    page.items.map((row) => row.id),
  )
  return { items, nextCursor: page.nextCursor }
}

/** Throws `not_found`. */
export async function readLead({ pool }: { pool: Pool }, actor: Actor, id: string): Promise<LeadView> {
  const [lead] = await presentLeads(pool, [id])
  if (!lead) throw new CoreError('not_found', 'There is no such lead.')
  await requireCard(pool, actor, lead.contactId)
  return lead
}
