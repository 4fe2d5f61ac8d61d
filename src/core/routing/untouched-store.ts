import type { Actor } from '../access/actor.ts'
import { visibleContacts } from '../contacts/visible-contacts.ts'
import type { Queryable, Transaction } from '../database/pool.ts'
import { type UntouchedSettings, untouchedDefaults } from './untouched.ts'

const keptDays = 60

export async function readUntouchedSettings(db: Queryable): Promise<UntouchedSettings> {
  const { rows } = await db.query<{ value: Partial<UntouchedSettings> }>(`select value from settings where name = 'untouched'`)
  return { ...untouchedDefaults, ...rows[0]?.value }
}

/** The day of the last list; null: none was made yet. */
export async function readUntouchedRun(db: Queryable): Promise<string | null> {
  const { rows } = await db.query<{ day: string }>(`select value ->> 'day' as day from settings where name = 'untouched_run'`)
  return rows[0]?.day ?? null
}

/** Date and clock (`HH:MM`) of a moment in a zone. */
export async function readLocal(db: Queryable, at: Date, timeZone: string): Promise<{ day: string; clock: string }> {
  const { rows } = await db.query<{ day: string; clock: string }>(
    `select to_char($1::timestamptz at time zone $2, 'YYYY-MM-DD') as day, to_char($1::timestamptz at time zone $2, 'HH24:MI') as clock`,
    [at, timeZone],
  )
  return rows[0] ?? { day: '', clock: '' }
}

/**
 * A client: his card was not touched either way for the days. A lead: open and older than its days, and nothing of ours went to its card since
 * then. Old lists are removed.
 */
export async function writeUntouched(tx: Transaction, list: UntouchedSettings & { day: string; now: Date }): Promise<void> {
  await tx.query(`delete from untouched where day = $1 or day < $1::date - ${keptDays}`, [list.day])
  await tx.query(
    `insert into untouched (day, kind, subject_id, contact_id, owner_id, last_touch_at)
     select $1, 'client', c.id, c.id, c.owner_id, touched.at
     from contacts c, lateral (select max(m.last_touch_at) as at from contacts m where m.card_id = c.id) touched
     where c.card_id = c.id and c.stage = 'client' and touched.at < $2::timestamptz - make_interval(days => $3)`,
    [list.day, list.now, list.clientDays],
  )
  await tx.query(
    `insert into untouched (day, kind, subject_id, contact_id, owner_id, last_touch_at)
     select $1, 'lead', l.id, c.card_id, coalesce(l.owner_id, c.owner_id), greatest(l.created_at, coalesce(ours.at, l.created_at))
     from leads l join contacts c on c.id = l.contact_id, lateral (
       select max(e.sort_at) as at from contacts m join entries e on e.contact_id = m.id
       where m.card_id = c.card_id and e.direction = 'outbound' and e.automatic is null and e.status is distinct from 'failed') ours
     where l.status in ('new', 'working') and l.created_at < $2::timestamptz - make_interval(days => $3)
       and (ours.at is null or ours.at < $2::timestamptz - make_interval(days => $3))`,
    [list.day, list.now, list.leadDays],
  )
}

export interface UntouchedRow {
  kind: 'client' | 'lead'
  subjectId: string
  cardId: string
  name: string
  topic: string | null
  ownerId: string | null
  lastTouchAt: Date
}

export interface UntouchedFilter {
  day: string
  kind?: 'client' | 'lead' | undefined
  ownerId?: string | undefined
}

/** The longest untouched first. */
export async function selectUntouched(
  db: Queryable,
  actor: Actor,
  filter: UntouchedFilter,
  page: { after: [string, string] | undefined; limit: number },
): Promise<UntouchedRow[]> {
  const { rows } = await db.query<UntouchedRow>(
    `select u.kind, u.subject_id as "subjectId", c.card_id as "cardId", card.name, l.topic, u.owner_id as "ownerId", u.last_touch_at as "lastTouchAt"
     from untouched u join contacts c on c.id = u.contact_id join contacts card on card.id = c.card_id
       left join leads l on u.kind = 'lead' and l.id = u.subject_id
     where u.day = $1 and ($2::text is null or u.kind = $2) and ($3::uuid is null or u.owner_id = $3)
       and ($4::timestamptz is null or (u.last_touch_at, u.subject_id) > ($4, $5::uuid)) and ${visibleContacts(actor, 'c.card_id')}
     order by u.last_touch_at, u.subject_id limit $6`,
    [filter.day, filter.kind ?? null, filter.ownerId ?? null, page.after?.[0] ?? null, page.after?.[1] ?? null, page.limit],
  )
  return rows
}

export async function countUntouched(db: Queryable, actor: Actor, day: string): Promise<{ clients: number; leads: number }> {
  const { rows } = await db.query<{ clients: number; leads: number }>(
    `select count(*) filter (where u.kind = 'client')::int as clients, count(*) filter (where u.kind = 'lead')::int as leads
     from untouched u join contacts c on c.id = u.contact_id where u.day = $1 and ${visibleContacts(actor, 'c.card_id')}`,
    [day],
  )
  return rows[0] ?? { clients: 0, leads: 0 }
}
