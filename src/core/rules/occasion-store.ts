import { optedOutCard } from '../consents/opt-out-store.ts'
import type { Queryable } from '../database/pool.ts'
import type { History, Occasion } from './rule.ts'

interface OccasionRow extends Omit<FullOccasion, 'named'> {
  fields: { value?: unknown }[] | null
}

/** An occasion with what only the writing of its answer needs. */
export interface FullOccasion extends Occasion {
  /** The name as the form gave it: a claimant must not learn the one that stands on the card. */
  formName: string | null
  topic: string | null
  cardName: string
  timeZone: string | null
}

/** Everything rules ask of these entries, each in the shape of now: what a card lacks or wants may have changed since. */
export async function readOccasions(db: Queryable, entryIds: string[]): Promise<FullOccasion[]> {
  const { rows } = await db.query<OccasionRow>(
    `select e.id as "entryId", e.channel_id as "channelId", e.conversation_id as "conversationId", c.card_id as "cardId",
       e.occurred_at as "occurredAt", e.received_at as "receivedAt", e.automatic is not null as "isAutomatic",
       coalesce(e.extra ->> 'backfill', '') = 'true' as "isBackfill",
       concat_ws(E'\\n', e.source ->> 'campaign', e.source ->> 'page', e.subject, (select string_agg(value, E'\\n') from jsonb_each_text(coalesce(e.source -> 'utm', '{}')))) as "sourceText",
       e.extra -> 'consent' is not null or exists (select from contacts m join entries f on f.contact_id = m.id
         where m.card_id = c.card_id and f.kind = 'form' and f.extra -> 'consent' is not null) as "hasConsent",
       ${optedOutCard('c.card_id')} as "isOptedOut",
       exists (select from contacts m join entries a on a.contact_id = m.id
         where m.card_id = c.card_id and a.direction = 'outbound' and a.automatic is null and a.sort_at > e.sort_at) as "isAnswered",
       e.match -> 'identity' as sender, e.extra -> 'fields' as fields, e.extra ->> 'name' as "formName", e.subject as topic,
       (select card.name from contacts card where card.id = c.card_id) as "cardName",
       case when hours is not null then add_open_minutes(hours, e.received_at, 0) end as "opensAt", hours ->> 'timeZone' as "timeZone",
       (select coalesce(json_agg(json_build_object('kind', i.kind, 'value', i.value, 'identityId', i.id, 'contactId', ci.contact_id) order by ci.since desc, i.value), '[]')
         from contacts m join contact_identities ci on ci.contact_id = m.id and ci.owning and ci.until is null join identities i on i.id = ci.identity_id
         where m.card_id = c.card_id) as reach
     from entries e join contacts c on c.id = e.contact_id left join conversations v on v.id = e.conversation_id,
       lateral (select nullif(routing_rule(e.channel_id, v.team_id) -> 'hours', 'null'::jsonb) as hours) as routed
     where e.id = any($1::uuid[]) and e.channel_id is not null`,
    [entryIds],
  )
  return rows.map(({ fields, ...row }) => ({ ...row, named: namedIn(row.reach, fields ?? []) }))
}

/** Identities that the form itself named. A phone was written in its own way: it is known by its last ten digits. */
function namedIn(reach: Occasion['reach'], fields: { value?: unknown }[]): string[] {
  const given = fields.flatMap(({ value }) => (typeof value === 'string' ? [value.trim().toLowerCase()] : []))
  const digits = given.map((value) => value.replaceAll(/\D/g, '').slice(-10)).filter((value) => value.length === 10)
  return reach.map(({ value }) => value).filter((value) => given.includes(value) || digits.includes(value.replaceAll(/\D/g, '').slice(-10)))
}

/** What a rule, and all of them, have sent to the person of each card. */
export async function readHistory(db: Queryable, ruleId: string, cardId: string): Promise<History> {
  const last = await db.query<{ at: Date | null }>(
    `select max(f.decided_at) as at from rule_firings f join entries e on e.id = f.entry_id join contacts c on c.id = e.contact_id
     where f.rule_id = $1 and f.status = 'sent' and c.card_id = $2`,
    [ruleId, cardId],
  )
  const { rows } = await db.query<{ channelId: string; to: string; at: Date }>(
    `select e.channel_id as "channelId", coalesce(e.to_value, '') as "to", e.sort_at as at from contacts c join entries e on e.contact_id = c.id
     where c.card_id = $1 and e.automatic = 'robot' and e.direction = 'outbound' and e.sort_at > now() - interval '1 day' order by e.sort_at desc limit 100`,
    [cardId],
  )
  return { lastSentAt: last.rows[0]?.at ?? null, automatic: rows }
}

/** Entries of the last days that a rule with this trigger would have looked at, newest last; at most `limit`. */
export async function readPastEntries(
  db: Queryable,
  rule: { trigger: string; channelId: string | null },
  { days, limit }: { days: number; limit: number },
): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select id from (select id, sort_at from entries where kind = $1 and direction = 'inbound' and ($2::uuid is null or channel_id = $2) and channel_id is not null
       and contact_id is not null and sort_at > now() - make_interval(days => $3) order by sort_at desc, id desc limit $4) last order by sort_at, id`,
    [rule.trigger === 'form' ? 'form' : 'message', rule.channelId, days, limit],
  )
  return rows.map((row) => row.id)
}
