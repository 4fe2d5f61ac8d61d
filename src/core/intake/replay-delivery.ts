import type { ChannelDirectory } from '../channels/channel-directory.ts'
import { newId } from '../database/id.ts'
import type { Transaction } from '../database/pool.ts'
import { inRetriedTransaction } from '../database/retried-transaction.ts'
import { CoreError } from '../errors.ts'
import type { Files } from '../files/files.ts'
import { tellChanged } from './apply/apply-waiting.ts'
import { type ApplyDeps, applyReadings, lockReadings } from './apply-batch.ts'
import { readDelivery, reopenDelivery } from './delivery-store.ts'
import { type Reading, readEvents, type StoredEvent } from './read-events.ts'

export interface ReplayResult {
  /** Entries whose derived content was rewritten; the former is kept as a version. */
  rewritten: number
  /** Events applied for the first time: they were parked, or the connector now reads more. */
  added: number
  unchanged: number
  /** Events the delivery no longer gives; their entries stay. */
  superseded: number
}

interface AppliedEvent {
  key: string
  status: string
  entry_id: string | null
  subject: string | null
  text: string | null
  html: string | null
  source: unknown
}

/**
 * Reads a delivery anew and matches by event key (promise 4): derived content is rewritten with its former version kept, what people changed
 * stays, nothing is sent, no rule or notification fires, and an event that is no longer there is marked superseded. All in one transaction: a
 * replay that fails has changed nothing.
 * @throws CoreError `not_found` when the delivery or its channel is gone
 */
export async function replayDelivery(deps: ApplyDeps & { channels: ChannelDirectory; files: Files }, id: string): Promise<ReplayResult> {
  const delivery = await readDelivery(deps.pool, id)
  const channel = delivery && deps.channels.byId(delivery.channelId)
  if (!delivery || !channel) throw new CoreError('not_found', 'There is no such delivery, or its channel is gone.')
  const reading = await readEvents(deps.files, delivery, channel)
  return await inRetriedTransaction(deps.pool, async (tx) => {
    const now = await readDelivery(tx, id)
    if (!now || now.status === 'received' || now.status === 'held') return { rewritten: 0, added: 0, unchanged: 0, superseded: 0 }
    await lockReadings(tx, deps, [reading])
    const { fresh, ...counts } = await rewriteKnown(tx, reading)
    if (fresh.length > 0) await applyReadings(tx, deps, [{ ...reading, events: fresh }], { isSilent: true })
    else await settleAgain(tx, id)
    return { ...counts, added: fresh.length }
  })
}

async function rewriteKnown(tx: Transaction, reading: Reading): Promise<Omit<ReplayResult, 'added'> & { fresh: StoredEvent[] }> {
  const deliveryId = reading.delivery.id
  await reopenDelivery(tx, deliveryId)
  const { rows } = await tx.query<AppliedEvent>(
    `select d.key, d.status, d.entry_id, e.subject, e.text, e.html, e.source from delivery_events d left join entries e on e.id = d.entry_id
     where d.channel_id = $1 and d.key = any($2::text[])`,
    [reading.channel.id, reading.events.map((event) => event.key)],
  )
  const applied = new Map(rows.map((row) => [row.key, row]))
  const counts = { rewritten: 0, unchanged: 0 }
  const changed: string[] = []
  for (const event of reading.events) {
    const before = applied.get(event.key)
    if (!before || before.status === 'parked') continue
    const isOwnEntry = (event.type === 'message' && !event.part) || event.type === 'form'
    const isRewritten = isOwnEntry && before.entry_id !== null && (await rewriteEntry(tx, before, event))
    if (isRewritten && before.entry_id !== null) changed.push(before.entry_id)
    counts[isRewritten ? 'rewritten' : 'unchanged']++
  }
  await tellChanged(tx, changed)
  const gone = await tx.query(
    `update delivery_events set status = 'superseded', reason = 'a replay no longer gives this event' where delivery_id = $1 and not key = any($2::text[]) and status <> 'superseded'`,
    [deliveryId, reading.events.map((event) => event.key)],
  )
  const fresh = reading.events.filter((event) => !applied.has(event.key) || applied.get(event.key)?.status === 'parked')
  return { ...counts, superseded: gone.rowCount ?? 0, fresh }
}

/** Rewrites what is derived; a text that its author edited later stays, as does everything a person decided. */
async function rewriteEntry(tx: Transaction, before: AppliedEvent, event: Extract<StoredEvent, { type: 'message' | 'form' }>): Promise<boolean> {
  const subject = (event.type === 'form' ? event.topic : event.subject)?.slice(0, 1000) ?? null
  const html = event.type === 'message' ? (event.html ?? null) : null
  const isSame = before.text === event.text && before.subject === subject && before.html === html && sameJson(before.source, event.source ?? null)
  if (isSame) return false
  const edited = await tx.query(`select from entry_versions where entry_id = $1 and cause = 'edit' limit 1`, [before.entry_id])
  const text = edited.rowCount === 0 ? event.text : before.text
  await tx.query(`insert into entry_versions (id, entry_id, cause, content) values ($1, $2, 'replay', $3)`, [
    newId(),
    before.entry_id,
    JSON.stringify({ subject: before.subject, text: before.text, html: before.html, source: before.source }),
  ])
  const fields = event.type === 'form' ? JSON.stringify({ fields: event.fields }) : '{}'
  await tx.query(`update entries set subject = $2, text = $3, html = $4, source = $5, extra = coalesce(extra, '{}') || $6::jsonb where id = $1`, [
    before.entry_id,
    subject,
    text,
    html,
    event.source ? JSON.stringify(event.source) : null,
    fields,
  ])
  return true
}

async function settleAgain(tx: Transaction, id: string): Promise<void> {
  await tx.query(
    `update deliveries set alone_at = null, applied_at = now(),
       status = case when exists (select from delivery_events where delivery_id = $1 and status = 'parked') then 'parked'
         when exists (select from delivery_events where delivery_id = $1 and status in ('applied', 'quarantined', 'waiting')) then 'applied' else 'ignored' end
     where id = $1`,
    [id],
  )
}

function sameJson(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b)
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  )
}
