import type { Actor } from '../access/actor.ts'
import type { Queryable } from '../database/pool.ts'
import type { Stage } from './contact.ts'
import { type ContactQuery, escapeLike } from './contact-query.ts'
import { visibleContacts } from './visible-contacts.ts'

export interface ContactFilter {
  actor: Actor
  stage?: Stage | undefined
  ownerId?: string | undefined
  companyId?: string | undefined
  limit: number
}

/** A card, by the contact of it that was touched last. */
export interface RecentCard {
  cardId: string
  touchedId: string
  lastTouchAt: Date
}

export interface RankedCard {
  cardId: string
  rank: number
}

const filters = `($1::text is null or r.stage = $1) and ($2::uuid is null or r.owner_id = $2) and ($3::uuid is null or r.company_id = $3)`

function filterValues(filter: ContactFilter): unknown[] {
  return [filter.stage ?? null, filter.ownerId ?? null, filter.companyId ?? null, filter.limit]
}

/** The latest touched first; a card stands where the latest touched of its merged contacts does. */
export async function selectCards(db: Queryable, filter: ContactFilter, after: [string, string] | undefined): Promise<RecentCard[]> {
  const { rows } = await db.query<RecentCard>(
    `select c.card_id as "cardId", c.id as "touchedId", c.last_touch_at as "lastTouchAt"
     from contacts c join contacts r on r.id = c.card_id
     where ($5::timestamptz is null or (c.last_touch_at, c.id) < ($5, $6::uuid))
       and not exists (select 1 from contacts m where m.card_id = c.card_id and (m.last_touch_at, m.id) > (c.last_touch_at, c.id))
       and ${filters} and ${visibleContacts(filter.actor, 'c.card_id')}
     order by c.last_touch_at desc, c.id desc limit $4`,
    [...filterValues(filter), after?.[0] ?? null, after?.[1] ?? null],
  )
  return rows
}

/** A phone or an address that was typed to its end: looked up, so that it costs the same in any base. */
const whole = `
  (select ci.contact_id, 5000 as rank from json_to_recordset($5::json) as q (kind text, value text)
     join identities i on i.kind = q.kind and i.value = q.value join contact_identities ci on ci.identity_id = i.id)`

/** What finds a card by what was typed. Each source is capped before anything is ranked, so that three letters cost no more than thirty. */
const anyhow = `${whole}
  union all
  (select c.id, case when translate(lower(c.name), 'ё', 'е') like $7 then 3000 else 2000 end
     from contacts c where lower(c.name) like $6 and lower(c.name) like all ($13::text[]) limit 500)
  union all
  (select ci.contact_id, case when lower(i.value) like $9 then 2500 else 1500 end
     from (select id, value from identities where lower(value) like any (array[$8, $9]::text[]) limit 500) i
     join contact_identities ci on ci.identity_id = i.id)
  union all
  (select distinct e.contact_id, 2500 from (select contact_id from entries where lower(extra->>'username') like $9 limit 500) e)
  union all
  (select c.id, 1000 from companies k join contacts c on c.company_id = k.id
     where lower(k.name) like $6 and lower(k.name) like all ($13::text[]) limit 500)`

/** By a name that is spelled otherwise. Without a cap inside: with one the planner walks the whole table. */
const roughly = `(select c.id as contact_id, (word_similarity($10, lower(c.name)) * 900)::int as rank from contacts c where $10 <% lower(c.name))`

const hitsOf = { whole, anyhow, roughly }

/** Asked hit by hit along the key: hits are few, but the planner takes them for many and would read all contacts instead (`offset 0` keeps it from that). */
const cardOfHit = `cross join lateral (select card_id from contacts where id = h.contact_id offset 0) c
       cross join lateral (select * from contacts where id = c.card_id offset 0) r`

/**
 * Cards that a query finds, the best first: a whole identity, the beginning of a name, words of a name, part of an identity, a company.
 * `by` `whole`: the first of these alone; `roughly`: names that only look alike.
 */
export async function selectMatchingCards(
  db: Queryable,
  query: ContactQuery,
  filter: ContactFilter,
  place: { after: [number, string] | undefined; by: keyof typeof hitsOf },
): Promise<RankedCard[]> {
  const { rows } = await db.query<RankedCard>(
    `with given as (select $5::json, $6::text, $7::text, $8::text, $9::text, $10::text, $13::text[]),
     hits as (${hitsOf[place.by]}),
     ranked as (
       select r.id as "cardId", max(h.rank) + coalesce(max((similarity(lower(r.name), $10) * 400)::int), 0) as rank
       from hits h ${cardOfHit}
       where ${filters} and ${visibleContacts(filter.actor, 'c.card_id')}
       group by r.id
     )
     select "cardId", rank from ranked where $11::int is null or (rank, "cardId") < ($11, $12::uuid)
     order by rank desc, "cardId" desc limit $4`,
    [
      ...filterValues(filter),
      JSON.stringify(query.exact),
      query.name[0] ?? '',
      `${escapeLike(query.folded)}%`,
      query.digits ?? null,
      query.prefix ?? null,
      query.folded,
      place.after?.[0] ?? null,
      place.after?.[1] ?? null,
      query.name.slice(1),
    ],
  )
  return rows
}
