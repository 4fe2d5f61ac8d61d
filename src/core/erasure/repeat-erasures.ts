import type { Logger } from '../connector/hub.ts'
import { inTransaction } from '../database/pool.ts'
import { type EraseDeps, erasePerson } from './erase-person.ts'
import { insertErasure, insertTombstones, listUndone, readErasure } from './erasure-store.ts'
import { readJournal } from './journal.ts'

/**
 * After a restore: whoever was erased since the backup is erased again, before anything else is done with the data. Also finishes what a
 * crash broke off. Call before applying starts.
 */
export async function repeatErasures(deps: EraseDeps & { logger: Logger }): Promise<void> {
  const { rows } = await deps.pool.query<{ restored: boolean }>(
    `select exists (select from settings where name = 'restored' and value ->> 'erasuresRepeatedAt' is null) as restored`,
  )
  if (rows[0]?.restored) {
    for (const entry of await readJournal(deps.files)) {
      if ((await readErasure(deps.pool, entry.id))?.status === 'done') continue
      await insertErasure(deps.pool, { id: entry.id, contactIds: entry.contactIds, actorId: null, askedAt: new Date(entry.askedAt) })
      await inTransaction(deps.pool, (tx) => insertTombstones(tx, entry.id, entry.hashes))
      deps.logger.info({ erasure: entry.id }, 'a person who was erased after the backup is erased again')
    }
  }
  for (const id of await listUndone(deps.pool)) await erasePerson(deps, id)
  if (rows[0]?.restored) {
    await deps.pool.query(
      `update settings set value = value || jsonb_build_object('erasuresRepeatedAt', now()), updated_at = now() where name = 'restored'`,
    )
  }
}
