import type { Readable } from 'node:stream'
import type { Actor } from '../access/actor.ts'
import { type Caller, recordAudit } from '../access/audit.ts'
import { requireCard } from '../contacts/visible-contacts.ts'
import type { Pool } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import type { Files } from '../files/files.ts'
import { exportFile, type PersonExport } from './person-export.ts'
import { listPersonExports, readPersonExport } from './person-export-store.ts'

/** Those of one person that are kept, newest first. @throws CoreError `not_found` */
export async function listExportsOf(deps: { pool: Pool }, actor: Actor, contactId: string): Promise<{ items: PersonExport[] }> {
  return { items: await listPersonExports(deps.pool, [await requireCard(deps.pool, actor, contactId)]) }
}

/** @throws CoreError `not_found` also while it is not made yet */
export async function openPersonExport(deps: { pool: Pool; files: Files }, caller: Caller, id: string): Promise<{ size: number; stream: Readable }> {
  const found = await readPersonExport(deps.pool, id)
  if (found?.status !== 'done' || found.size === null) throw new CoreError('not_found', 'There is no such file, or not any more.')
  await requireCard(deps.pool, caller.actor, found.contactId)
  const stream = await deps.files.stream(exportFile(id))
  await recordAudit(deps.pool, caller, { action: 'contact.export_downloaded', subject: found.contactId, detail: { exportId: id } })
  return { size: found.size, stream }
}
