import { actorId } from '../access/actor.ts'
import { type Caller, recordAudit } from '../access/audit.ts'
import { newId } from '../database/id.ts'
import { inTransaction, type Pool } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import type { Files } from '../files/files.ts'
import type { Jobs } from '../jobs/queue.ts'
import type { ImportView } from './import.ts'
import { insertImport } from './import-store.ts'
import { presentImport } from './present-import.ts'
import { largestFile } from './reading/limits.ts'
import { wakeImport } from './run-imports.ts'

interface Deps {
  pool: Pool
  files: Files
  jobs: Jobs
}

/** Takes a file in; reading it begins at once. Throws `body_too_large`, `invalid_request` for an empty one, `forbidden` for who sees only his own clients. */
export async function createImport(deps: Deps, given: { name: string; bytes: Uint8Array }, caller: Caller): Promise<ImportView> {
  const { pool, files, jobs } = deps
  if (caller.actor.ownClientsOnly)
    throw new CoreError('forbidden', 'An import meets the cards of everybody: who sees only his own clients cannot start one.')
  if (given.bytes.length > largestFile) throw new CoreError('body_too_large')
  if (given.bytes.length === 0) throw new CoreError('invalid_request', 'The file is empty.')
  const id = newId()
  const file = `imports/${id}`
  await files.write(file, given.bytes)
  await inTransaction(pool, async (tx) => {
    await insertImport(tx, { id, name: given.name, size: given.bytes.length, file, actorId: actorId(caller.actor) })
    await recordAudit(tx, caller, { action: 'import.created', subject: id, detail: { name: given.name, size: given.bytes.length } })
  })
  await wakeImport(jobs, id)
  return await presentImport(pool, id)
}
