import type { Queryable, Transaction } from '../database/pool.ts'
import type { BusinessHours, RoutingRule, RuleScope, ScopedRule } from './rule.ts'

const firmSubject = '00000000-0000-0000-0000-000000000000'

/** Rules of what still exists, the firm's first. */
export async function readRules(db: Queryable): Promise<ScopedRule[]> {
  const { rows } = await db.query<ScopedRule>(
    `select scope, nullif(subject_id, $1) as "subjectId", rule from routing_rules
     where scope = 'firm' or (scope = 'team' and subject_id in (select id from teams))
       or (scope = 'channel' and subject_id in (select id from channels where deleted_at is null))
     order by scope = 'firm' desc, scope, subject_id`,
    [firmSubject],
  )
  return rows
}

export async function writeRule(tx: Transaction, { scope, subjectId, rule }: ScopedRule): Promise<void> {
  await tx.query(
    `insert into routing_rules (scope, subject_id, rule) values ($1, $2, $3)
     on conflict (scope, subject_id) do update set rule = excluded.rule, updated_at = now()`,
    [scope, subjectId ?? firmSubject, JSON.stringify(rule)],
  )
}

/** True when there is such a team or channel. */
export async function hasSubject(db: Queryable, scope: RuleScope, subjectId: string | null): Promise<boolean> {
  if (scope === 'firm') return subjectId === null
  const table = scope === 'team' ? 'teams' : 'channels'
  const { rowCount } = await db.query(`select from ${table} where id = $1`, [subjectId])
  return rowCount === 1
}

/** What holds for a channel and team: each field from the narrowest scope that has it. */
export async function readRuleOf(db: Queryable, channelId: string | null, teamId: string | null): Promise<RoutingRule> {
  const { rows } = await db.query<{ rule: RoutingRule }>('select routing_rule($1, $2) as rule', [channelId, teamId])
  return rows[0]?.rule ?? {}
}

/** New targets and hours hold for those who wait already. */
export async function renewDueTimes(tx: Transaction): Promise<void> {
  await tx.query(
    `update conversations v set due_at = due.at from (
       select id, waiting_due(waiting_since, channel_id, team_id) as at from conversations where waiting_since is not null and state <> 'closed') due
     where v.id = due.id and v.due_at is distinct from due.at`,
  )
}

/** The first open moment from `at` on: `at` itself while it is open; null when it does not open within a year. Without hours it is always open. */
export async function openFrom(db: Queryable, hours: BusinessHours | undefined, at: Date): Promise<Date | null> {
  if (!hours) return at
  const { rows } = await db.query<{ at: Date; isOpen: boolean }>(
    `select add_open_minutes($1::jsonb, $2, 0) as at, exists (
       select from generate_series(-1, 0) number, lateral open_spans($1::jsonb, ($2::timestamptz at time zone ($1::jsonb ->> 'timeZone'))::date + number) span
       where span.opens <= $2 and $2 < span.closes) as "isOpen"`,
    [JSON.stringify(hours), at],
  )
  const [found] = rows
  if (!found) return null
  return found.isOpen || found.at > at ? found.at : null
}

/** True while it is open. */
export async function isOpen(db: Queryable, hours: BusinessHours | undefined, at: Date): Promise<boolean> {
  return (await openFrom(db, hours, at))?.getTime() === at.getTime()
}
