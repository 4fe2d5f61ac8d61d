import type { Logger } from '../connector/hub.ts'
import { inTransaction, type Pool } from '../database/pool.ts'
import { lockEntry } from './outbox-store.ts'
import { distrustOpenParts, readHome, swapHome } from './restore-store.ts'
import { settleEntry } from './tell-entry.ts'

/**
 * A database that was restored says `queued` of messages that left after the backup was made. PostgreSQL knows its cluster, its timeline and
 * its database: when they are others than at the last start, whatever is still open becomes `unconfirmed`, and a person decides. Call
 * before anything is sent. Returns how many messages that were.
 */
export async function guardAgainstRestore(deps: { pool: Pool; logger: Logger }): Promise<number> {
  const home = await readHome(deps.pool).catch((error: unknown) => {
    deps.logger.warn({ error: String(error) }, 'the database does not tell which it is: only a restore by npm run restore is noticed')
    return 'a server that does not tell'
  })
  return inTransaction(deps.pool, async (tx) => {
    if (!(await swapHome(tx, home))) return 0
    const entries = await distrustOpenParts(tx, {
      code: 'outcome_unknown',
      message: 'The database was restored or moved; whether this was sent before is not known.',
    })
    for (const entryId of entries) {
      await lockEntry(tx, entryId)
      await settleEntry(tx, entryId)
    }
    deps.logger.warn({ messages: entries.length }, 'this database was restored or moved; messages that were open ask for a decision')
    return entries.length
  })
}
