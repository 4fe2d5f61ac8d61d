import type { ChannelDirectory } from '../channels/channel-directory.ts'
import type { Queryable } from '../database/pool.ts'
import { inRetriedTransaction } from '../database/retried-transaction.ts'
import { CoreError } from '../errors.ts'
import { type ApplyDeps, applyReadings } from './apply-batch.ts'
import { readDelivery } from './delivery-store.ts'
import type { StoredEvent } from './read-events.ts'

interface QuarantinedRow {
  channel_id: string
  delivery_id: string
  key: string
  event: StoredEvent
}

/**
 * Lets a quarantined event through: it is applied as if it had just come, with its original times. Twice is once, and one that cannot be applied stays
 * where it was: release and applying are one transaction.
 * @throws CoreError `not_found` when there is no such row or its channel is gone; `already_released`
 */
export async function releaseQuarantined(deps: ApplyDeps & { channels: ChannelDirectory }, id: string, actor: { id: string | null }): Promise<void> {
  await inRetriedTransaction(deps.pool, async (tx) => {
    const { rows } = await tx.query<QuarantinedRow>(
      'update quarantine set released_at = now(), released_by = $2 where id = $1 and released_at is null returning channel_id, delivery_id, key, event',
      [id, actor.id],
    )
    const row = rows[0]
    if (!row) throw new CoreError((await isThere(tx, id)) ? 'already_released' : 'not_found')
    const channel = deps.channels.byId(row.channel_id)
    const delivery = await readDelivery(tx, row.delivery_id)
    if (!channel || !delivery) throw new CoreError('not_found', 'The channel of this event is gone.')
    await tx.query(`delete from delivery_events where channel_id = $1 and key = $2 and status in ('quarantined', 'superseded')`, [
      row.channel_id,
      row.key,
    ])
    await applyReadings(tx, deps, [{ delivery, channel, events: [row.event] }], { isTrusted: true })
  })
}

async function isThere(db: Queryable, id: string): Promise<boolean> {
  return (await db.query('select from quarantine where id = $1', [id])).rowCount === 1
}
