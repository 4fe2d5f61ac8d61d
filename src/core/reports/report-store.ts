import type { Actor } from '../access/actor.ts'
import { visibleContacts } from '../contacts/visible-contacts.ts'
import type { Queryable, Transaction } from '../database/pool.ts'
import { needsSql } from './enquiry-facts.ts'
import type { FactRow } from './fact.ts'
import { type FactName, facts } from './facts.ts'
import type { Span } from './span.ts'

/** Which rows of a fact; an empty text means those without one, null for a user or team: those of none. Absent: all. */
export interface FactFilter {
  source?: string | undefined
  topic?: string | undefined
  hour?: number | undefined
  userId?: string | null | undefined
  teamId?: string | null | undefined
}

/** Several facts are parts of the same waits, which are found once for a query. */
const withNeeds = `with needs as (${needsSql})`

/** The rows of a fact, as `x`, narrowed: what is counted, grouped and listed alike. Parameters $1 to $10. */
function narrowed(name: FactName, actor: Actor): string {
  return `from (${facts[name].sql}) x where $1::timestamptz is not null and $2::timestamptz is not null and $3::text is not null
    and ($4::text is null or coalesce(x.source, '') = $4) and ($5::text is null or coalesce(x.topic, '') = $5)
    and ($6::int is null or extract(hour from x.at at time zone $3) = $6)
    and (not $7 or x.user_id is not distinct from $8::uuid) and (not $9 or x.team_id is not distinct from $10::uuid) and (x.card_id is null or ${visibleContacts(actor, 'x.card_id')})`
}

function values(span: Span, filter: FactFilter): unknown[] {
  const { source = null, topic = null, hour = null, userId, teamId } = filter
  return [span.from, span.until, span.timeZone, source, topic, hour, userId !== undefined, userId ?? null, teamId !== undefined, teamId ?? null]
}

export async function countFacts<Name extends FactName>(
  db: Queryable,
  actor: Actor,
  names: readonly Name[],
  span: Span,
  filter: FactFilter = {},
): Promise<Record<Name, number>> {
  const counts = names.map((name) => `(select count(*)::int ${narrowed(name, actor)}) as "${name}"`)
  const { rows } = await db.query<Record<Name, number>>(`${withNeeds} select ${counts.join(', ')}`, values(span, filter))
  const [found] = rows
  if (!found) throw new Error('nothing was counted')
  return found
}

export interface Group {
  keys: (string | null)[]
  count: number
}

const groupings = {
  source: `x.source`,
  topic: `x.topic`,
  hour: `extract(hour from x.at at time zone $3)::int::text`,
  user: `x.user_id::text`,
}

/** Counts by one or two of the groupings, the largest first. */
export async function groupFacts(
  db: Queryable,
  actor: Actor,
  name: FactName,
  span: Span,
  by: (keyof typeof groupings)[],
  filter: FactFilter = {},
): Promise<Group[]> {
  const keys = by.map((one) => groupings[one]).join(', ')
  const { rows } = await db.query<Group>(
    `${withNeeds} select array[${keys}] as keys, count(*)::int as count ${narrowed(name, actor)} group by ${keys} order by count(*) desc, 1`,
    values(span, filter),
  )
  return rows
}

/** Minutes, by the clock and in business hours; null where there is nothing to measure. */
export interface Durations {
  key: string | null
  n: number
  median: number | null
  p90: number | null
  openMedian: number | null
  openP90: number | null
}

const share = (part: number, column: string) => `round((percentile_cont(${part}) within group (order by x.${column}))::numeric, 1)::float8`

/** Median and p90 over all rows, by medium and by user. */
export async function measureFacts(
  db: Queryable,
  actor: Actor,
  name: FactName,
  span: Span,
  filter: FactFilter = {},
): Promise<{ all: Durations; media: Durations[]; users: Durations[] }> {
  const { rows } = await db.query<Durations & { isMedium: boolean; isUser: boolean }>(
    `${withNeeds} select coalesce(x.medium, x.user_id::text) as key, grouping(x.medium) = 0 as "isMedium", grouping(x.user_id) = 0 as "isUser", count(*)::int as n, ${share(0.5, 'minutes')} as median, ${share(0.9, 'minutes')} as p90,
       ${share(0.5, 'open_minutes')} as "openMedian", ${share(0.9, 'open_minutes')} as "openP90"
     ${narrowed(name, actor)} group by grouping sets ((), (x.medium), (x.user_id)) order by 1`,
    values(span, filter),
  )
  const durations = rows.map(({ isMedium, isUser, ...one }) => ({ isMedium, isUser, one }))
  const nothing = { key: null, n: 0, median: null, p90: null, openMedian: null, openP90: null }
  return {
    all: durations.find(({ isMedium, isUser }) => !isMedium && !isUser)?.one ?? nothing,
    media: durations.filter(({ isMedium }) => isMedium).map(({ one }) => one),
    users: durations.filter(({ isUser }) => isUser).map(({ one }) => one),
  }
}

/** The rows behind a number, the latest first. */
export async function selectFacts(
  db: Queryable,
  actor: Actor,
  name: FactName,
  span: Span,
  filter: FactFilter,
  page: { after: [string, string] | undefined; limit: number },
): Promise<FactRow[]> {
  const { rows } = await db.query<Omit<FactRow, 'at'> & { at: Date }>(
    `${withNeeds} select y.id, y.at, y.card_id as "cardId", coalesce(card.name, '') as name, reached.identity, y.medium, y.source, y.source_rule as "sourceRule", y.topic,
       y.user_id as "userId", y.minutes, y.open_minutes as "openMinutes"
     from (select x.* ${narrowed(name, actor)} and ($11::timestamptz is null or (x.at, x.id) < ($11, $12::uuid)) order by x.at desc, x.id desc limit $13) y
       left join contacts card on card.id = y.card_id
       left join lateral (select json_build_object('kind', i.kind, 'value', i.value) as identity from contacts m
         join contact_identities ci on ci.contact_id = m.id and ci.until is null join identities i on i.id = ci.identity_id
         where m.card_id = y.card_id order by ci.since, i.id limit 1) reached on true
     order by y.at desc, y.id desc`,
    [...values(span, filter), page.after?.[0] ?? null, page.after?.[1] ?? null, page.limit],
  )
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}

export async function hasCalls(db: Queryable): Promise<boolean> {
  const { rows } = await db.query<{ has: boolean }>('select exists (select from calls) as has')
  return rows[0]?.has ?? false
}

/** Users who answer clients, and whoever else is named, by the alphabet. */
export async function selectPeople(db: Queryable, named: string[]): Promise<{ id: string; name: string }[]> {
  const { rows } = await db.query<{ id: string; name: string }>(
    `select id, name from users where id = any($1::uuid[]) or (disabled_at is null and role = 'operator')
     union all select id, name from api_keys where id = any($1::uuid[]) order by name, id`,
    [named],
  )
  return rows
}

/** All queries of the transaction see the same moment. Compiling such queries takes longer than running them over a day. */
export async function seeOneMoment(tx: Transaction): Promise<void> {
  await tx.query('set transaction isolation level repeatable read, read only')
  await tx.query('set local jit = off')
}
