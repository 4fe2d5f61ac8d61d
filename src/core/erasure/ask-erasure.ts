import { actorId } from '../access/actor.ts'
import { type Caller, recordAudit } from '../access/audit.ts'
import { requireCard } from '../contacts/visible-contacts.ts'
import { newId } from '../database/id.ts'
import { inTransaction, type Pool } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import type { Jobs } from '../jobs/queue.ts'
import type { Erasure } from './erasure.ts'
import { insertErasure, readErasure } from './erasure-store.ts'

/**
 * Asks for the erasure of a person with all his merged cards; a job carries it out. `confirmation` is the name on the card, or its id where it
 * has none: typed, so that nobody erases by a slip.
 * @throws CoreError `not_found`, `invalid_request` when the confirmation is another
 */
export async function askErasure(
  deps: { pool: Pool; jobs: Pick<Jobs, 'add'> },
  caller: Caller,
  wanted: { contactId: string; confirmation: string },
): Promise<Erasure> {
  const id = newId()
  await inTransaction(deps.pool, async (tx) => {
    const cardId = await requireCard(tx, caller.actor, wanted.contactId)
    const { rows } = await tx.query<{ id: string; name: string }>('select id, name from contacts where card_id = $1 order by id = $1 desc', [cardId])
    const expected = rows[0]?.name.trim() || cardId
    if (wanted.confirmation.trim() !== expected) throw new CoreError('invalid_request', 'Type the name exactly as it stands on the card.')
    await insertErasure(tx, { id, contactIds: rows.map((row) => row.id), actorId: actorId(caller.actor), askedAt: new Date() })
    await recordAudit(tx, caller, { action: 'contact.erasure_asked', subject: id, detail: { cards: rows.length } })
  })
  await deps.jobs.add('erase', { id }, { jobId: `erase-${id}` })
  const erasure = await readErasure(deps.pool, id)
  if (!erasure) throw new CoreError('not_found')
  return erasure
}
