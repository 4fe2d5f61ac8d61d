import type { ChannelDirectory } from '../channels/channel-directory.ts'
import { inTransaction, type Pool } from '../database/pool.ts'
import { ownError } from './outbox.ts'
import { failRest, lockEntry, loseParts, readDueParts, readLostParts, readStrandedEntries, repeatPart } from './outbox-store.ts'
import { distrustPart, readOverdueParts } from './restore-store.ts'
import { presenceLockSpace } from './sender-presence.ts'
import { settleEntry } from './tell-entry.ts'

const mostDue = 1_000
const stopped = ownError(
  'outcome_unknown',
  'The hub stopped while this was being sent; whether it arrived is not known.',
  'Хаб остановился во время отправки; дошло ли сообщение, неизвестно.',
)
const overdue = ownError(
  'outcome_unknown',
  'This waited for more than an hour while the hub was off, or comes from a backup; whether it was sent before is not known.',
  'Сообщение ждало больше часа, пока хаб был выключен, или взято из резервной копии; ушло ли оно раньше, неизвестно.',
)
const channelGone = ownError('channel_gone', 'The channel was deleted before this was sent.', 'Канал удалили раньше, чем это ушло.')

/**
 * Finds what jobs have lost: parts whose sender died, or that should have left long ago, become `unconfirmed` (never sent again unasked,
 * unless a second copy is no second message there); messages of deleted channels fail.
 * Returns the parts that are due.
 */
export async function sweepOutbox(deps: { pool: Pool; directory: Pick<ChannelDirectory, 'byId'> }, graceMs: number): Promise<string[]> {
  for (const part of await readLostParts(deps.pool, presenceLockSpace, graceMs)) {
    await inTransaction(deps.pool, async (tx) => {
      await lockEntry(tx, part.entryId)
      const isRepeatable = deps.directory.byId(part.channelId)?.connector.manifest.isRepeatable === true
      if (await (isRepeatable ? repeatPart(tx, part) : loseParts(tx, part, stopped))) await settleEntry(tx, part.entryId)
    })
  }
  for (const part of await readOverdueParts(deps.pool)) {
    await inTransaction(deps.pool, async (tx) => {
      await lockEntry(tx, part.entryId)
      if (await distrustPart(tx, part.id, overdue)) await settleEntry(tx, part.entryId)
    })
  }
  for (const entryId of await readStrandedEntries(deps.pool)) {
    await inTransaction(deps.pool, async (tx) => {
      await lockEntry(tx, entryId)
      await failRest(tx, entryId, channelGone)
      await settleEntry(tx, entryId)
    })
  }
  return readDueParts(deps.pool, mostDue)
}
