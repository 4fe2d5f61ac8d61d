import { insertRows } from '../database/insert-rows.ts'
import type { Queryable, Transaction } from '../database/pool.ts'
import type { AttemptResult, WebhookType } from './webhook.ts'

/** Longer than one attempt may take: a message whose process died is tried again after it. */
const claimSeconds = 60

export async function insertMessages(
  tx: Transaction,
  messages: { id: string; webhookId: string; liveId: string; type: string; at: string }[],
): Promise<void> {
  await insertRows(
    tx,
    'webhook_messages',
    ['id', 'webhook_id', 'live_id', 'type', 'at', 'status', 'attempts', 'next_attempt_at'],
    messages.map(({ id, webhookId, liveId, type, at }) => ({
      id,
      webhook_id: webhookId,
      live_id: liveId,
      type,
      at,
      status: 'due',
      attempts: 0,
      next_attempt_at: new Date().toISOString(),
    })),
    'on conflict (webhook_id, live_id) do nothing',
  )
}

export interface ClaimedMessage {
  id: string
  webhookId: string
  attempts: number
  type: WebhookType
  at: Date
  /** Null: no longer in the live stream. */
  payload: object | null
}

/** The webhooks that have something to deliver now. */
export async function selectReadyWebhooks(db: Queryable): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>({
    name: 'ready webhooks',
    text: `select w.id from webhooks w where w.state = 'active' and (w.wait_until is null or w.wait_until <= clock_timestamp())
      and exists (select from webhook_messages m where m.webhook_id = w.id and m.status = 'due' and m.next_attempt_at <= clock_timestamp())`,
  })
  return rows.map((row) => row.id)
}

/** Takes the message that is due first, one per webhook at a time, so that they arrive in order as long as nothing fails. */
export async function claimMessage(db: Queryable, webhookId: string): Promise<ClaimedMessage | undefined> {
  const { rows } = await db.query<ClaimedMessage>({
    name: 'claim webhook message',
    // Materialized: a subselect may be run once per row of a join, and then takes another message each time, which nobody delivers until its claim lapses.
    text: `with due as materialized (select m.id from webhook_messages m join webhooks w on w.id = m.webhook_id
        where m.webhook_id = $1 and m.status = 'due' and m.next_attempt_at <= clock_timestamp() and (m.claim_until is null or m.claim_until < clock_timestamp())
          and w.state = 'active' and (w.wait_until is null or w.wait_until <= clock_timestamp())
          and not exists (select from webhook_messages o where o.webhook_id = $1 and o.status = 'due' and o.claim_until > clock_timestamp())
        order by m.next_attempt_at, m.id limit 1 for update of m skip locked)
      update webhook_messages m set attempts = m.attempts + 1, claim_until = clock_timestamp() + interval '${claimSeconds} seconds' from due where m.id = due.id
      returning m.id, m.webhook_id as "webhookId", m.attempts, m.type, m.at, (select l.payload from live_events l where l.id = m.live_id) as payload`,
    values: [webhookId],
  })
  return rows[0]
}

export async function insertAttempt(tx: Transaction, attempt: AttemptResult & { id: string; messageId: string; at: Date }): Promise<void> {
  await tx.query('insert into webhook_attempts (id, message_id, at, status, latency_ms, error, answer) values ($1, $2, $3, $4, $5, $6, $7)', [
    attempt.id,
    attempt.messageId,
    attempt.at,
    attempt.status,
    attempt.latencyMs,
    attempt.error,
    attempt.answer,
  ])
}

/** Writes what became of a claimed message, unless it was sent anew in the meantime. */
export async function finishMessage(tx: Transaction, message: ClaimedMessage, to: { status: string; waitMs: number }): Promise<void> {
  await tx.query(
    `update webhook_messages set status = $3, claim_until = null, next_attempt_at = clock_timestamp() + make_interval(secs => $4::float8 / 1000),
       delivered_at = case when $3 = 'delivered' then clock_timestamp() else delivered_at end where id = $1 and attempts = $2`,
    [message.id, message.attempts, to.status, to.waitMs],
  )
}

export async function noteDelivered(tx: Transaction, webhookId: string): Promise<void> {
  await tx.query('update webhooks set failing_since = null, wait_until = null, last_delivered_at = clock_timestamp() where id = $1', [webhookId])
}

/** Since when it does nothing but fail. */
export async function noteFailure(tx: Transaction, webhookId: string, waitMs: number): Promise<Date> {
  const { rows } = await tx.query<{ failing_since: Date }>(
    `update webhooks set failing_since = coalesce(failing_since, clock_timestamp()),
       wait_until = case when $2::float8 > 0 then clock_timestamp() + make_interval(secs => $2::float8 / 1000) else wait_until end
     where id = $1 returning failing_since`,
    [webhookId, waitMs],
  )
  return rows[0]?.failing_since ?? new Date()
}

/** Due again from the first attempt on. `messageId` alone, or everything that happened since; delivered ones too unless `onlyFailed`. Returns how many. */
export async function makeDueAgain(
  db: Queryable,
  what: { webhookId: string; messageId?: string; since?: string; onlyFailed: boolean },
): Promise<number> {
  const { rowCount } = await db.query(
    `update webhook_messages m set status = 'due', attempts = 0, claim_until = null, next_attempt_at = clock_timestamp()
     where webhook_id = $1 and ($2::uuid is null or id = $2) and ($3::timestamptz is null or at >= $3) and (not $4 or status <> 'delivered')
       and exists (select from live_events l where l.id = m.live_id)`,
    [what.webhookId, what.messageId ?? null, what.since ?? null, what.onlyFailed],
  )
  return rowCount ?? 0
}

/** What is due is given up: whoever switches it on again does not want it. */
export async function giveUpDue(tx: Transaction, webhookId: string): Promise<void> {
  await tx.query(`update webhook_messages set status = 'failed', claim_until = null where webhook_id = $1 and status = 'due'`, [webhookId])
}

export interface MessageView {
  id: string
  type: WebhookType
  at: string
  status: 'due' | 'delivered' | 'failed'
  attempts: number
  nextAttemptAt: string | null
  lastStatus: number | null
  lastError: string | null
  /** False: the live stream no longer has it, so it cannot be sent again. */
  isKept: boolean
}

/** Newest first; `before` is the last id of the page before. */
export async function selectMessages(
  db: Queryable,
  page: { webhookId: string; status?: string | undefined; before?: string | undefined; limit: number },
): Promise<MessageView[]> {
  const { rows } = await db.query<Omit<MessageView, 'at' | 'nextAttemptAt'> & { at: Date; nextAttemptAt: Date }>(
    `select m.id, m.type, m.at, m.status, m.attempts, m.next_attempt_at as "nextAttemptAt", last.status as "lastStatus", last.error as "lastError",
       exists (select from live_events l where l.id = m.live_id) as "isKept"
     from webhook_messages m left join lateral (select status, error from webhook_attempts a where a.message_id = m.id order by a.id desc limit 1) last on true
     where m.webhook_id = $1 and ($2::text is null or m.status = $2) and ($3::uuid is null or m.id < $3) order by m.id desc limit $4`,
    [page.webhookId, page.status ?? null, page.before ?? null, page.limit],
  )
  return rows.map((row) => ({ ...row, at: row.at.toISOString(), nextAttemptAt: row.status === 'due' ? row.nextAttemptAt.toISOString() : null }))
}

export interface AttemptView extends Omit<AttemptResult, 'retryAfterMs'> {
  id: string
  at: string
}

/** Oldest first, at most 100. */
export async function selectAttempts(db: Queryable, webhookId: string, messageId: string): Promise<AttemptView[]> {
  const { rows } = await db.query<Omit<AttemptView, 'at'> & { at: Date }>(
    `select a.id, a.at, a.status, a.latency_ms as "latencyMs", a.error, a.answer from webhook_attempts a join webhook_messages m on m.id = a.message_id
     where a.message_id = $1 and m.webhook_id = $2 order by a.id limit 100`,
    [messageId, webhookId],
  )
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}

/** The log is kept for 30 days. */
export async function pruneMessages(db: Queryable): Promise<void> {
  await db.query(`delete from webhook_messages where at < now() - interval '30 days' and status <> 'due'`)
}
