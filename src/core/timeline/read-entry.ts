import type { Actor } from '../access/actor.ts'
import { requireCard } from '../contacts/visible-contacts.ts'
import type { Pool } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import type { EntryView } from './entry.ts'
import { presentEntries } from './present-entry.ts'

/** One entry. Throws `not_found`, also when the actor may not see its card. */
export async function readEntry({ pool }: { pool: Pool }, actor: Actor, id: string): Promise<EntryView> {
  const [entry] = await presentEntries(pool, [id])
  if (!entry) throw new CoreError('not_found', 'There is no such entry.')
  if (entry.contactId !== null) await requireCard(pool, actor, entry.contactId)
  else if (actor.ownClientsOnly) throw new CoreError('not_found', 'There is no such entry.')
  return entry
}
