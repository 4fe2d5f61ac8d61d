import type { Logger } from '../connector/hub.ts'
import { inTransaction, type Pool } from '../database/pool.ts'
import { skipDueFirings } from '../rules/rule-store.ts'
import { isOlderThanMark, readLifeMark } from './life-mark.ts'
import { ownError } from './outbox.ts'
import { lockEntry } from './outbox-store.ts'
import { distrustOpenParts, readProgress, swapHome } from './restore-store.ts'
import { settleEntry } from './tell-entry.ts'

const restored = ownError(
  'outcome_unknown',
  'The database was restored or moved; whether this was sent before is not known.',
  'Базу данных восстановили или перенесли; ушло ли это раньше, неизвестно.',
)

/**
 * A database that was restored says `queued` of messages that left after the backup was made. Whatever is still open then becomes
 * `unconfirmed`, and a person decides. A restore is known by any of these:
 * - PostgreSQL's own names for its cluster, timeline and database are others than at the last start (a dump, a point-in-time restore, a move);
 * - the database has come less far than DATA_DIR remembers (`life-mark.json`), or that file was put there by somebody else than the hub: a
 *   copy of the folder came back;
 * - a tool that restores has written another name into the setting `outbox_home`, in the transaction that restores.
 * Call before anything is sent. Returns how many messages that were.
 */
export async function guardAgainstRestore(deps: { pool: Pool; logger: Logger; dataDir: string; isEmbedded: boolean }): Promise<number> {
  const now = await readProgress(deps.pool).catch((error: unknown) => {
    deps.logger.warn({ error: String(error) }, 'the database does not tell which it is: a restore cannot be noticed')
    return undefined
  })
  if (now === undefined) return 0
  const mark = await readLifeMark(deps.dataDir)
  const isPutBack = mark !== undefined && isOlderThanMark(now, mark, deps.isEmbedded)
  return inTransaction(deps.pool, async (tx) => {
    const isAnother = await swapHome(tx, now.home)
    if (!isAnother && !isPutBack) return 0
    const entries = await distrustOpenParts(tx, restored)
    await skipDueFirings(tx)
    for (const entryId of entries) {
      await lockEntry(tx, entryId)
      await settleEntry(tx, entryId)
    }
    deps.logger.warn({ messages: entries.length }, 'this database was restored or moved; messages that were open ask for a decision')
    return entries.length
  })
}
