import type { ChannelDirectory } from '../channels/channel-directory.ts'
import { newId } from '../database/id.ts'
import type { Transaction } from '../database/pool.ts'
import { inRetriedTransaction } from '../database/retried-transaction.ts'
import { erasedReason } from '../erasure/tombstone.ts'
import { CoreError } from '../errors.ts'
import type { Files } from '../files/files.ts'
import { tellChanged } from './apply/apply-waiting.ts'
import { type ApplyDeps, applyReadings, lockReadings } from './apply-batch.ts'
import { readDelivery, reopenDelivery } from './delivery-store.ts'
import { type Reading, readEvents, type StoredEvent } from './read-events.ts'
import { isFresh } from './replay-diff.ts'

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
  entryId: string | null
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
    await settleAgain(tx, id)
    return { ...counts, added: fresh.length }
  })
}

async function rewriteKnown(tx: Transaction, reading: Reading): Promise<Omit<ReplayResult, 'added'> & { fresh: StoredEvent[] }> {
  await reopenDelivery(tx, reading.delivery.id)
  const { rows } = await tx.query<AppliedEvent>(
    `select d.key, d.status, d.entry_id as "entryId", e.subject, e.text, e.html, e.source from delivery_events d left join entries e on e.id = d.entry_id
     where d.channel_id = $1 and d.key = any($2::text[])`,
    [reading.channel.id, reading.events.map((event) => event.key)],
  )
  const applied = new Map(rows.map((row) => [row.key, row]))
  const counts = { rewritten: 0, unchanged: 0 }
  const changed: string[] = []
  for (const event of reading.events) {
    const before = applied.get(event.key)
    if (!before || isFresh(before)) continue
    const isOwnEntry = (event.type === 'message' && !event.part) || event.type === 'form'
    const isRewritten = isOwnEntry && before.entryId !== null && (await rewriteEntry(tx, before, event))
    if (isRewritten && before.entryId !== null) changed.push(before.entryId)
    counts[isRewritten ? 'rewritten' : 'unchanged']++
  }
  await tellChanged(tx, changed)
  await bringBack(tx, reading)
  const superseded = await supersede(tx, reading)
  return { ...counts, superseded, fresh: reading.events.filter((event) => isFresh(applied.get(event.key))) }
}

/** What an earlier replay had superseded and is given again: its entry counts as before; what had none is applied anew. */
async function bringBack(tx: Transaction, { channel, events }: Reading): Promise<void> {
  const which = `channel_id = $1 and key = any($2::text[]) and status = 'superseded'`
  const values = [channel.id, events.map((event) => event.key)]
  await tx.query(`update delivery_events set status = 'applied', reason = null where ${which} and entry_id is not null`, values)
  await tx.query(`delete from delivery_events where ${which} and entry_id is null`, values)
}

/** Not of a delivery that was taken off the cards: what it no longer gives could come back as something new. */
async function supersede(tx: Transaction, { delivery, events }: Reading): Promise<number> {
  const { rowCount } = await tx.query(
    `update delivery_events set status = 'superseded', reason = 'a replay no longer gives this event' where delivery_id = $1 and not key = any($2::text[])
       and status <> 'superseded' and exists (select from deliveries where id = $1 and removed_at is null)`,
    [delivery.id, events.map((event) => event.key)],
  )
  return rowCount ?? 0
}

/** Rewrites what is derived; a text that its author edited later stays, as does everything a person decided. */
async function rewriteEntry(tx: Transaction, before: AppliedEvent, event: Extract<StoredEvent, { type: 'message' | 'form' }>): Promise<boolean> {
  const subject = (event.type === 'form' ? event.topic : event.subject)?.slice(0, 1000) ?? null
  const html = event.type === 'message' ? (event.html ?? null) : null
  const isSameAround = before.subject === subject && sameJson(before.source, event.source ?? null)
  if (isSameAround && before.text === event.text && before.html === html) return false
  const edited = await tx.query(`select from entry_versions where entry_id = $1 and cause = 'edit' limit 1`, [before.entryId])
  const isEdited = edited.rowCount !== 0
  if (isEdited && isSameAround) return false
  await tx.query(`insert into entry_versions (id, entry_id, cause, content) values ($1, $2, 'replay', $3)`, [
    newId(),
    before.entryId,
    JSON.stringify({ subject: before.subject, text: before.text, html: before.html, source: before.source }),
  ])
  const fields = event.type === 'form' ? JSON.stringify({ fields: event.fields }) : '{}'
  await tx.query(`update entries set subject = $2, text = $3, html = $4, source = $5, extra = coalesce(extra, '{}') || $6::jsonb where id = $1`, [
    before.entryId,
    subject,
    isEdited ? before.text : event.text,
    isEdited ? before.html : html,
    event.source ? JSON.stringify(event.source) : null,
    fields,
  ])
  return true
}

/** By all events of the delivery: those that stood before count as much as what is new. */
async function settleAgain(tx: Transaction, id: string): Promise<void> {
  await tx.query(
    `update deliveries d set alone_at = null, applied_at = now(), status = told.status,
       reason = case when told.status = 'applied' and d.reason is distinct from $2 then null else d.reason end
     from (select case when bool_or(status = 'parked') then 'parked' when bool_or(status in ('applied', 'quarantined', 'waiting')) then 'applied' else 'ignored' end as status
       from delivery_events where delivery_id = $1) as told where d.id = $1`,
    [id, erasedReason],
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
