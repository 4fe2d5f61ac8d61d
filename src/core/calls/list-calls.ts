import { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import { anyYo, escapeLike } from '../contacts/contact-query.ts'
import { visibleContacts } from '../contacts/visible-contacts.ts'
import { decodeCursor, encodeCursor, toPage } from '../database/page-cursor.ts'
import type { Pool, Queryable } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import { type CallView, presentCalls } from './present-call.ts'

export interface CallFilter {
  /** Words of the client's name or of the note; digits also of the numbers. */
  query?: string | undefined
  contactId?: string | undefined
  channelId?: string | undefined
  userId?: string | undefined
  direction?: string | undefined
  outcome?: string | undefined
  state?: 'running' | 'ended' | undefined
  /** Rang us and was not heard, whatever the telephone calls it. */
  missed?: boolean | undefined
  dialled?: string | undefined
  /** ISO 8601; calls that began at or after it, or before it. */
  from?: string | undefined
  to?: string | undefined
  /** Seconds of talk. */
  minSeconds?: number | undefined
  maxSeconds?: number | undefined
  recorded?: boolean | undefined
  /** Answered calls that nobody has gone through by the checklist, or those that somebody has. */
  reviewed?: boolean | undefined
  /** Drawn by chance on this day, `2026-11-22`. */
  sampled?: string | undefined
}

const place = z.tuple([z.iso.datetime(), z.uuid()])

/** Calls, the newest first; with `contactId` those of its whole card. "Own clients only" sees the calls of his cards and those he answered. */
export async function listCalls(
  { pool }: { pool: Pool },
  actor: Actor,
  { cursor, limit, ...filter }: CallFilter & { cursor?: string | undefined; limit: number },
): Promise<{ items: CallView[]; nextCursor: string | null }> {
  const after = cursor === undefined ? undefined : decodeCursor(cursor, place)
  const rows = await selectCalls(pool, actor, filter, { after, limit: limit + 1 })
  const page = toPage(rows, limit, (row) => encodeCursor([row.startedAt.toISOString(), row.id]))
  const items = await presentCalls(
    pool,
    page.items.map((row) => row.id),
  )
  return { items, nextCursor: page.nextCursor }
}

/** Throws `not_found` also when the actor may not see it. */
export async function readCall({ pool }: { pool: Queryable }, actor: Actor, id: string): Promise<CallView> {
  const [call] = await presentCalls(pool, [id])
  if (!call || !(await isVisible(pool, actor, id))) throw new CoreError('not_found', 'There is no such call.')
  return call
}

/** Who sees only his own clients hears also the calls that rang him. */
export function visibleCalls(actor: Actor): string {
  if (!actor.ownClientsOnly) return 'true'
  const isUser = /^[0-9a-f-]{36}$/i.test(actor.id)
  const own = isUser ? `k.user_id = '${actor.id}'::uuid or k.legs @> '[{"userId": "${actor.id}"}]'` : 'false'
  return `(${own} or (c.card_id is not null and ${visibleContacts(actor, 'c.card_id')}))`
}

async function isVisible(db: Queryable, actor: Actor, id: string): Promise<boolean> {
  const { rowCount } = await db.query(`select from calls k left join contacts c on c.id = k.contact_id where k.id = $1 and ${visibleCalls(actor)}`, [
    id,
  ])
  return rowCount === 1
}

export async function selectCalls(
  db: Queryable,
  actor: Actor,
  filter: CallFilter,
  page: { after: [string, string] | undefined; limit: number },
): Promise<{ id: string; startedAt: Date }[]> {
  const values: unknown[] = []
  const given = (value: unknown): string => `$${values.push(value)}`
  const conditions = [visibleCalls(actor), ...conditionsOf(filter, given)]
  if (page.after) conditions.push(`(k.started_at, k.id) < (${given(page.after[0])}::timestamptz, ${given(page.after[1])}::uuid)`)
  const { rows } = await db.query<{ id: string; startedAt: Date }>(
    `select k.id, k.started_at as "startedAt" from calls k left join contacts c on c.id = k.contact_id
     where ${conditions.join(' and ')} order by k.started_at desc, k.id desc limit ${given(page.limit)}`,
    values,
  )
  return rows
}

function conditionsOf(filter: CallFilter, given: (value: unknown) => string): string[] {
  const equals: [string, unknown][] = [
    ['k.channel_id', filter.channelId],
    ['k.user_id', filter.userId],
    ['k.direction', filter.direction],
    ['k.outcome', filter.outcome],
    ['k.dialled', filter.dialled],
  ]
  const conditions = equals.flatMap(([column, value]) => (value === undefined ? [] : [`${column} = ${given(value)}`]))
  conditions.push(...queryConditions(filter.query, given))
  if (filter.contactId !== undefined)
    conditions.push(`k.contact_id in (select id from contacts where card_id = (select card_id from contacts where id = ${given(filter.contactId)}))`)
  if (filter.state !== undefined) conditions.push(filter.state === 'ended' ? `k.state = 'ended'` : `k.state <> 'ended'`)
  if (filter.missed !== undefined)
    conditions.push(`(k.direction = 'inbound' and k.state = 'ended' and k.outcome <> 'answered') is ${filter.missed ? 'true' : 'not true'}`)
  if (filter.from !== undefined) conditions.push(`k.started_at >= ${given(filter.from)}`)
  if (filter.to !== undefined) conditions.push(`k.started_at < ${given(filter.to)}`)
  if (filter.minSeconds !== undefined) conditions.push(`k.talk_seconds >= ${given(filter.minSeconds)}`)
  if (filter.maxSeconds !== undefined) conditions.push(`k.talk_seconds <= ${given(filter.maxSeconds)}`)
  if (filter.reviewed !== undefined)
    conditions.push(
      `k.outcome = 'answered' and ${filter.reviewed ? '' : 'not '}exists (select from reviews r where r.kind = 'call' and r.subject_id = k.id)`,
    )
  if (filter.sampled !== undefined) conditions.push(`k.id in (select call_id from review_samples where day = ${given(filter.sampled)}::date)`)
  if (filter.recorded !== undefined)
    conditions.push(`${filter.recorded ? '' : 'not '}exists (select from recordings r where r.call_id = k.id and r.state = 'ready')`)
  return conditions
}

const fewestDigits = 3

/** Every word has to be somewhere: in the name of the card, in the note, in the result; what looks like a number in one of the numbers, however it is written. */
function queryConditions(query: string | undefined, given: (value: unknown) => string): string[] {
  const text = query?.replaceAll('\u0000', '').trim().toLowerCase() ?? ''
  if (text === '') return []
  if (/^[+\d\s().-]+$/.test(text)) {
    const digits = text.replace(/\D/g, '').replace(/^8(?=\d{10}$)/, '')
    if (digits.length >= fewestDigits) {
      const pattern = given(`%${digits}%`)
      return [
        `(${['k.from_value', 'k.to_value', 'k.dialled'].map((column) => `regexp_replace(${column}, '\\D', '', 'g') like ${pattern}`).join(' or ')})`,
      ]
    }
  }
  return text.split(/\s+/).map((word) => {
    const pattern = given(`%${anyYo(escapeLike(word))}%`)
    return `(lower(k.note) like ${pattern} or lower(k.disposition) like ${pattern} or exists (select from contacts n where n.id = c.card_id and lower(n.name) like ${pattern}))`
  })
}
