import type { Queryable, Transaction } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import type { FiringReason, RuleFields, RuleTrigger, RuleView } from './rule.ts'

const fields = `r.id, r.name, r.trigger, r.channel_id as "channelId", r.source, r.template_id as "templateId", r.send_by as "sendBy",
  r.period_hours as "periodHours", r.needs_consent as "needsConsent", r.paused_at as "pausedAt", r.updated_at as "updatedAt"`

type RuleRow = RuleFields & { id: string; pausedAt: Date | null; updatedAt: Date; sent: number; skipped: number }

const mostRules = 200

/** All rules in the order they were made, with what they did within the last seven days; at most 200. With `id` that one alone. */
export async function selectRules(db: Queryable, id?: string): Promise<RuleView[]> {
  const { rows } = await db.query<RuleRow>(
    `select ${fields}, counted.sent, counted.skipped from rules r, lateral (
       select (count(*) filter (where status = 'sent'))::int as sent, (count(*) filter (where status = 'skipped'))::int as skipped
       from rule_firings f where f.rule_id = r.id and f.created_at > now() - interval '7 days') counted
     where r.deleted_at is null and ($1::uuid is null or r.id = $1) order by r.id limit ${mostRules}`,
    [id ?? null],
  )
  return rows.map((row) => ({ ...row, pausedAt: row.pausedAt?.toISOString() ?? null, updatedAt: row.updatedAt.toISOString() }))
}

/** Throws `not_found`. */
export async function selectRule(db: Queryable, id: string): Promise<RuleView> {
  const [found] = await selectRules(db, id)
  if (!found) throw new CoreError('not_found', 'There is no such rule.')
  return found
}

/** Writes the whole rule, new or not. A changed one answers nothing that came before the change. */
export async function saveRule(tx: Transaction, id: string, rule: RuleFields): Promise<void> {
  await tx.query(
    `insert into rules (id, name, trigger, channel_id, source, template_id, send_by, period_hours, needs_consent)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (id) do update set name = excluded.name, trigger = excluded.trigger, channel_id = excluded.channel_id, source = excluded.source,
       template_id = excluded.template_id, send_by = excluded.send_by, period_hours = excluded.period_hours, needs_consent = excluded.needs_consent,
       active_since = now(), updated_at = now()`,
    [id, rule.name, rule.trigger, rule.channelId, rule.source, rule.templateId, rule.sendBy, rule.periodHours, rule.needsConsent],
  )
}

/** What came while it was paused is never answered. */
export async function setRulePaused(tx: Transaction, id: string, isPaused: boolean): Promise<void> {
  await tx.query(
    `update rules set paused_at = case when $2 then coalesce(paused_at, now()) end, active_since = case when $2 then active_since else now() end, updated_at = now()
     where id = $1`,
    [id, isPaused],
  )
}

export async function markRuleDeleted(tx: Transaction, id: string): Promise<void> {
  await tx.query('update rules set deleted_at = now() where id = $1', [id])
}

export interface ClaimedFiring {
  id: string
  entryId: string
  ruleId: string
  /** False: paused or deleted since the event came. */
  isActive: boolean
  rule: RuleFields
}

/** Takes the oldest undecided firing that no other process holds; it stays locked until the transaction ends. */
export async function claimFiring(tx: Transaction): Promise<ClaimedFiring | undefined> {
  const { rows } = await tx.query<Omit<RuleRow, 'updatedAt' | 'sent' | 'skipped'> & { firingId: string; entryId: string; isActive: boolean }>({
    name: 'claim rule firing',
    text: `select f.id as "firingId", f.entry_id as "entryId", r.paused_at is null and r.deleted_at is null as "isActive", ${fields}
      from rule_firings f join rules r on r.id = f.rule_id where f.status = 'due' order by f.id limit 1 for update of f skip locked`,
  })
  const [row] = rows
  if (!row) return undefined
  const { firingId, entryId, isActive, id, pausedAt: _pausedAt, ...rule } = row
  return { id: firingId, entryId, ruleId: id, isActive, rule }
}

/** One rule decides on one person at a time: two forms at once are one answer. */
export async function lockPerson(tx: Transaction, cardId: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`rules ${cardId}`])
}

export async function decideFiringRow(
  tx: Transaction,
  firing: { id: string; status: 'sent' | 'skipped' | 'idle'; reason: FiringReason; sentEntryId: string | null },
): Promise<void> {
  await tx.query('update rule_firings set status = $2, reason = $3, sent_entry_id = $4, decided_at = clock_timestamp() where id = $1', [
    firing.id,
    firing.status,
    firing.reason,
    firing.sentEntryId,
  ])
}

/** A restored database does not know what was answered since: nothing that it says is due is. */
export async function skipDueFirings(tx: Transaction): Promise<void> {
  await tx.query(`update rule_firings set status = 'skipped', reason = 'restored', decided_at = now() where status = 'due'`)
}

export interface FiringView {
  id: string
  ruleId: string
  ruleName: string
  trigger: RuleTrigger
  entryId: string
  contactId: string | null
  contactName: string
  status: 'due' | 'sent' | 'skipped'
  reason: FiringReason | null
  sentEntryId: string | null
  /** What became of the message since. */
  sentStatus: string | null
  at: string
}

/** What rules did, newest first, without what was not their business. `before` is the last id of the page before. */
export async function selectFirings(
  db: Queryable,
  page: { ruleId?: string | undefined; status?: string | undefined; before?: string | undefined; limit: number },
): Promise<FiringView[]> {
  const { rows } = await db.query<Omit<FiringView, 'at'> & { at: Date }>(
    `select f.id, f.rule_id as "ruleId", r.name as "ruleName", r.trigger, f.entry_id as "entryId", card.id as "contactId", coalesce(card.name, '') as "contactName",
       f.status, f.reason, f.sent_entry_id as "sentEntryId", s.status as "sentStatus", coalesce(f.decided_at, f.created_at) as at
     from rule_firings f join rules r on r.id = f.rule_id left join entries e on e.id = f.entry_id left join contacts c on c.id = e.contact_id
       left join contacts card on card.id = c.card_id left join entries s on s.id = f.sent_entry_id
     where ($1::uuid is null or f.rule_id = $1) and f.status <> 'idle' and ($2::text is null or f.status = $2) and ($3::uuid is null or f.id < $3)
     order by f.id desc limit $4`,
    [page.ruleId ?? null, page.status ?? null, page.before ?? null, page.limit],
  )
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}

/** Removes what was not a rule's business after a day, and the rest of the history after a year. */
export async function pruneFirings(db: Queryable): Promise<void> {
  await db.query(
    `delete from rule_firings where created_at < now() - case when status = 'idle' then interval '1 day' when status = 'due' then interval '100 years' else interval '400 days' end`,
  )
}
