import type { Transaction } from '../database/pool.ts'
import type { CallFactAt } from './call.ts'

export interface StoredCall {
  /** The name it was asked for by. */
  name: string
  id: string
  channelId: string
  contactId: string | null
  conversationId: string | null
  entryId: string | null
  facts: CallFactAt[]
}

/** Calls by their vendors' names, with the events they are derived from; locks them until the transaction ends. */
export async function storedCalls(tx: Transaction, names: { channelId: string; name: string }[]): Promise<StoredCall[]> {
  const values = [names.map(({ channelId }) => channelId), names.map(({ name }) => name)]
  const named = `unnest($1::uuid[], $2::text[]) as given(channel_id, name)
      join call_ids i on i.channel_id = given.channel_id and i.external_id = given.name`
  const [{ rows }, facts] = await Promise.all([
    tx.query<Omit<StoredCall, 'facts'>>({
      name: 'stored calls',
      text: `select i.external_id as name, c.id, c.channel_id as "channelId", c.contact_id as "contactId", c.conversation_id as "conversationId", c.entry_id as "entryId"
        from ${named} join calls c on c.id = i.call_id order by c.id for update of c`,
      values,
    }),
    tx.query<{ call_id: string; fact: CallFactAt }>({
      name: 'facts of calls',
      text: `select call_id, fact from call_events where call_id = any(array(select i.call_id from ${named}))`,
      values,
    }),
  ])
  const byCall = Map.groupBy(facts.rows, (row) => row.call_id)
  return rows.map((row) => ({ ...row, facts: (byCall.get(row.id) ?? []).map(({ fact }) => fact) }))
}

/** Users behind extensions and numbers; what a channel says of its own goes before what holds on all. */
export async function usersByNumber(tx: Transaction, wanted: { channelId: string; value: string }[]): Promise<Map<string, string>> {
  if (wanted.length === 0) return new Map()
  const { rows } = await tx.query<{ channel_id: string; value: string; user_id: string }>({
    name: 'users by number',
    text: `select distinct on (given.channel_id, given.value) given.channel_id, given.value, n.user_id
      from unnest($1::uuid[], $2::text[]) as given(channel_id, value)
      join user_numbers n on n.value = lower(given.value) and (n.channel_id is null or n.channel_id = given.channel_id)
      order by given.channel_id, given.value, n.channel_id nulls last, n.id`,
    values: [wanted.map(({ channelId }) => channelId), wanted.map(({ value }) => value)],
  })
  return new Map(rows.map((row) => [`${row.channel_id} ${row.value}`, row.user_id]))
}

/** A stored call that turned out to be another one, with the card and the entry of the one that stays. */
export interface JoinedCall {
  from: string
  into: string
  contactId: string | null
  entryId: string | null
}

/** Joins stored calls: the events, names and recordings of `from` become those of `into`; where each has an entry, that of `from` goes. */
export async function joinCalls(tx: Transaction, joined: JoinedCall[]): Promise<void> {
  for (const { from, into, entryId } of joined) {
    await tx.query(
      `update delivery_events d set entry_id = $2 from call_events c where c.call_id = $1 and d.channel_id = c.channel_id and d.key = c.key and d.entry_id is not null`,
      [from, entryId],
    )
    await tx.query(
      `update leads l set first_touch = case when l.first_touch ->> 'entryId' = e.id::text then jsonb_set(l.first_touch, '{entryId}', to_jsonb($2::text)) else l.first_touch end,
        last_touch = case when l.last_touch ->> 'entryId' = e.id::text then jsonb_set(l.last_touch, '{entryId}', to_jsonb($2::text)) else l.last_touch end
      from calls c join entries e on e.id = c.entry_id where c.id = $1 and l.contact_id = c.contact_id and e.id <> $2::uuid`,
      [from, entryId],
    )
    await tx.query('update call_events set call_id = $2 where call_id = $1', [from, into])
    await tx.query('update call_ids set call_id = $2 where call_id = $1', [from, into])
    await tx.query('update recordings set call_id = $2 where call_id = $1', [from, into])
    await tx.query('update recording_pauses set call_id = $2 where call_id = $1', [from, into])
    await tx.query('delete from entries e using calls c where c.id = $1 and e.id = c.entry_id and e.id <> $2::uuid', [from, entryId])
    await tx.query('update entries set call_id = $2 where call_id = $1', [from, into])
    await moveWork(tx, from, into)
    await tx.query('delete from calls where id = $1', [from])
  }
}

/** What people wrote of a call goes with it: result and note, tasks promised in it, comments, its place in a sample; of two reviews that of `into` holds. */
async function moveWork(tx: Transaction, from: string, into: string): Promise<void> {
  await tx.query(
    `with promised as (update tasks set call_id = $2 where call_id = $1),
       commented as (update call_comments set call_id = $2 where call_id = $1),
       drawn as (update review_samples set call_id = $2 where call_id = $1 and not exists (select from review_samples where call_id = $2)),
       reviewed as (update reviews set subject_id = $2 where kind = 'call' and subject_id = $1 and not exists (select from reviews where kind = 'call' and subject_id = $2))
     update calls i set disposition = coalesce(i.disposition, f.disposition), wrapped_up_at = coalesce(i.wrapped_up_at, f.wrapped_up_at),
       note = case when i.note = f.note then i.note else nullif(concat_ws(E'\n', nullif(i.note, ''), nullif(f.note, '')), '') end
     from calls f where f.id = $1 and i.id = $2`,
    [from, into],
  )
}

/** Nobody's exchange belongs to the team of the number that was dialled last. */
export async function followNumbers(tx: Transaction, followed: { conversationId: string; teamId: string }[]): Promise<void> {
  if (followed.length === 0) return
  await tx.query({
    name: 'follow numbers',
    text: `update conversations v set team_id = g.team_id from (select distinct on (id) id, team_id from unnest($1::uuid[], $2::uuid[]) with ordinality as given(id, team_id, place) order by id, place desc) g
      where v.id = g.id and v.assignee_id is null and v.team_id is distinct from g.team_id`,
    values: [followed.map(({ conversationId }) => conversationId), followed.map(({ teamId }) => teamId)],
  })
}

/**
 * Whoever rang us and was not heard waits, from his first try on; nobody waits who was spoken to since, got an answer in any medium, or of whom a
 * user said that no answer is needed. Who was put to rest and rings again is awake. Told anew from the calls, so that a late event corrects it. Somebody is
 * found for him unless it is a replay.
 */
export async function refreshUnheard(tx: Transaction, conversationIds: string[], options: { isSilent: boolean }): Promise<void> {
  if (conversationIds.length === 0) return
  await tx.query({
    name: 'refresh unheard',
    text: `update conversations v set waiting_since = told.since, state = case when told.since is null then v.state else 'open' end,
        snoozed_until = case when told.since is null then v.snoozed_until end,
        route_at = case when told.since is not null and (v.waiting_since is null or v.snoozed_until is not null) and v.assignee_id is null and not $2 then now() else v.route_at end
      from (select v.id, min(c.started_at) as since, max(c.started_at) as last from conversations v
        join contacts own on own.id = v.contact_id
        left join calls c on c.conversation_id = v.id and c.direction = 'inbound' and c.state = 'ended' and c.outcome <> 'answered'
          and c.started_at > coalesce(v.handled_at, '-infinity')
          and not exists (select from contacts m join calls a on a.contact_id = m.id
            where m.card_id = own.card_id and a.outcome = 'answered' and a.answered_at > c.started_at)
          and not exists (select from contacts m join entries e on e.contact_id = m.id
            where m.card_id = own.card_id and e.direction = 'outbound' and e.kind <> 'call' and e.automatic is null and e.sort_at > c.started_at)
        where v.id = any($1::uuid[]) group by v.id) as told
      where v.id = told.id and (v.waiting_since is distinct from told.since or (v.snoozed_until is not null and told.last > v.snoozed_at and not $2))`,
    values: [conversationIds, options.isSilent],
  })
}
