import type { Transaction } from '../../database/pool.ts'
import { appendLiveEvents } from '../../realtime/append-live-events.ts'
import { applyEffect, changedBy } from './apply-effect.ts'
import { lockNames } from './lock.ts'
import { entryNews } from './news.ts'
import type { EffectEvent } from './plan.ts'

interface WaitingRow {
  channel_id: string
  key: string
  event: EffectEvent
}

/** Applies what came before the messages that these external ids name. Call in the transaction that makes the ids known. */
export async function applyWaiting(tx: Transaction, channelId: string, externalIds: string[]): Promise<void> {
  await lockNames(tx, externalIds.map((id) => `external ${channelId} ${id}`).sort())
  const changed = await applyWaitingFor(
    tx,
    externalIds.map((externalId) => ({ channelId, externalId })),
  )
  await tellChanged(tx, changed)
}

/** The same over several channels, with the locks held already. Gives the entries it changed, which nobody has been told of. */
export async function applyWaitingFor(tx: Transaction, ids: { channelId: string; externalId: string }[]): Promise<string[]> {
  if (ids.length === 0) return []
  const { rows } = await tx.query<WaitingRow>({
    name: 'take waiting events',
    text: `delete from waiting_events w using unnest($1::uuid[], $2::text[]) as given(channel_id, external_id)
      where w.channel_id = given.channel_id and w.waits_for = given.external_id returning w.channel_id, w.key, w.event`,
    values: [ids.map((id) => id.channelId), ids.map((id) => id.externalId)],
  })
  const changed = new Set<string>()
  for (const row of rows.sort((a, b) => (a.event.occurredAt ?? '').localeCompare(b.event.occurredAt ?? ''))) {
    const effect = await applyEffect(tx, row.channel_id, row.event)
    await tx.query('update delivery_events set status = $3, reason = $4, entry_id = $5 where channel_id = $1 and key = $2', [
      row.channel_id,
      row.key,
      effect.status,
      effect.reason,
      effect.entryId,
    ])
    for (const id of changedBy(effect)) changed.add(id)
  }
  return [...changed]
}

/** Tells consoles that entries are no longer as they were. */
export async function tellChanged(tx: Transaction, entryIds: string[]): Promise<void> {
  await appendLiveEvents(tx, await entryNews(tx, 'entry.changed', entryIds))
}
