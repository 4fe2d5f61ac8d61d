import { actorId } from '../access/actor.ts'
import { type Caller, recordAudit } from '../access/audit.ts'
import type { ChannelDirectory } from '../channels/channel-directory.ts'
import type { Transaction } from '../database/pool.ts'
import { inRetriedTransaction } from '../database/retried-transaction.ts'
import { CoreError } from '../errors.ts'
import type { Files } from '../files/files.ts'
import { appendLiveEvents } from '../realtime/append-live-events.ts'
import { type ApplyDeps, applyReadings } from './apply-batch.ts'
import { readDelivery, reopenDelivery } from './delivery-store.ts'
import { readEvents } from './read-events.ts'
import { lockTest } from './test-store.ts'

type Deps = ApplyDeps & { channels: ChannelDirectory; files: Files }

/**
 * Says of a delivery that it is a test, or that it is none whatever it says itself. A mark alone changes no card: `removeTests` does. What was passed over as
 * a test, or taken off the cards, is applied as if it had just come, with its original time.
 * @throws CoreError `not_found`; `conflict` when it was not applied yet
 */
export async function markTest(deps: Deps, caller: Caller, { id, isTest }: { id: string; isTest: boolean }): Promise<void> {
  await inRetriedTransaction(deps.pool, async (tx) => {
    const before = await lockTest(tx, id)
    if (!before) throw new CoreError('not_found', 'There is no such delivery.')
    if (before.status === 'received' || before.status === 'held') throw new CoreError('conflict', 'It is not applied yet: try again in a moment.')
    await tx.query('update deliveries set test = $2, test_by = $3 where id = $1', [id, isTest, actorId(caller.actor)])
    await recordAudit(tx, caller, { action: isTest ? 'delivery.marked_test' : 'delivery.marked_real', subject: id })
    await appendLiveEvents(tx, [{ type: 'delivery.changed', payload: { deliveries: [{ id }] } }])
    if (!isTest && (before.removedAt !== null || before.status === 'ignored')) await applyAgain(tx, deps, id)
  })
}

async function applyAgain(tx: Transaction, deps: Deps, id: string): Promise<void> {
  const delivery = await readDelivery(tx, id)
  const channel = delivery && deps.channels.byId(delivery.channelId)
  if (!delivery || !channel) throw new CoreError('not_found', 'There is no such delivery, or its channel is gone.')
  await tx.query('update deliveries set removed_at = null where id = $1', [id])
  await tx.query(`delete from delivery_events where delivery_id = $1 and entry_id is null and status = 'ignored'`, [id])
  await reopenDelivery(tx, id)
  await applyReadings(tx, deps, [await readEvents(deps.files, delivery, channel)])
}
