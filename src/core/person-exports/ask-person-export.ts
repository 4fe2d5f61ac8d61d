import { actorId } from '../access/actor.ts'
import { type Caller, recordAudit } from '../access/audit.ts'
import type { Language } from '../access/user.ts'
import { requireCard } from '../contacts/visible-contacts.ts'
import { newId } from '../database/id.ts'
import { inTransaction, type Pool } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import type { Jobs } from '../jobs/queue.ts'
import { keptMs, type PersonExport } from './person-export.ts'
import { insertPersonExport, readPersonExport } from './person-export-store.ts'

/** Asks for everything that is kept about a person, for himself; a job makes it. @throws CoreError `not_found` */
export async function askPersonExport(
  deps: { pool: Pool; jobs: Pick<Jobs, 'add'> },
  caller: Caller,
  wanted: { contactId: string; language: Language },
): Promise<PersonExport> {
  const id = newId()
  await inTransaction(deps.pool, async (tx) => {
    const contactId = await requireCard(tx, caller.actor, wanted.contactId)
    await insertPersonExport(tx, {
      id,
      contactId,
      language: wanted.language,
      actorId: actorId(caller.actor),
      expiresAt: new Date(Date.now() + keptMs),
    })
    await recordAudit(tx, caller, { action: 'contact.exported', subject: contactId, detail: { exportId: id } })
  })
  await deps.jobs.add('export-person', { id }, { jobId: `export-person-${id}` })
  const made = await readPersonExport(deps.pool, id)
  if (!made) throw new CoreError('not_found')
  return made
}
