import { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import { visibleSources } from '../channels/visible-sources.ts'
import type { InboundEvent } from '../connector/event.ts'
import type { Party } from '../connector/identity.ts'
import { decodeCursor, encodeCursor, toPage } from '../database/page-cursor.ts'
import type { Pool, Queryable } from '../database/pool.ts'
import { CoreError } from '../errors.ts'

/** A touch without a contact, as the outside sees it. */
export interface QuarantinedView {
  id: string
  channelId: string
  deliveryId: string
  reason: string
  kind: string
  from: string | null
  subject: string | null
  text: string
  occurredAt: string
  receivedAt: string
  releasedAt: string | null
  releasedBy: string | null
}

interface Row {
  id: string
  channelId: string
  deliveryId: string
  reason: string
  event: InboundEvent
  occurredAt: Date
  receivedAt: Date
  releasedAt: Date | null
  releasedBy: string | null
}

const columns = `id, channel_id as "channelId", delivery_id as "deliveryId", reason, event, occurred_at as "occurredAt", received_at as "receivedAt",
  released_at as "releasedAt", released_by as "releasedBy"`

export interface QuarantineFilter {
  cursor?: string | undefined
  limit: number
  channelId?: string | undefined
  isReleased: boolean
  seenBy: Actor
}

/** Newest first. */
export async function listQuarantine({ pool }: { pool: Pool }, filter: QuarantineFilter) {
  const [at, id] = filter.cursor ? decodeCursor(filter.cursor, z.tuple([z.iso.datetime(), z.uuid()])) : [null, null]
  const { rows } = await pool.query<Row>(
    `select ${columns} from quarantine
     where (released_at is not null) = $1 and ($2::timestamptz is null or (received_at, id) < ($2, $3::uuid)) and ($4::uuid is null or channel_id = $4)
       and ${visibleSources(filter.seenBy, 'channel_id')}
     order by received_at desc, id desc limit $5`,
    [filter.isReleased, at, id, filter.channelId ?? null, filter.limit + 1],
  )
  return toPage(rows.map(present), filter.limit, (view) => encodeCursor([view.receivedAt, view.id]))
}

/** Throws `not_found`, also when the actor may not see it. */
export async function readQuarantined(db: Queryable, id: string, actor: Actor): Promise<QuarantinedView> {
  const { rows } = await db.query<Row>(`select ${columns} from quarantine where id = $1 and ${visibleSources(actor, 'channel_id')}`, [id])
  const [row] = rows
  if (!row) throw new CoreError('not_found')
  return present(row)
}

function present({ event, ...row }: Row): QuarantinedView {
  return {
    ...row,
    kind: event.type,
    from: 'from' in event ? nameOf(event.from) : null,
    subject: event.type === 'message' ? (event.subject ?? null) : event.type === 'form' ? (event.topic ?? null) : null,
    text: 'text' in event ? event.text : '',
    occurredAt: row.occurredAt.toISOString(),
    receivedAt: row.receivedAt.toISOString(),
    releasedAt: row.releasedAt?.toISOString() ?? null,
  }
}

function nameOf(party: Party): string | null {
  const named = [party.name, ...party.identities.map((identity) => identity.value)].filter(Boolean)
  return named.length > 0 ? named.join(', ') : null
}
