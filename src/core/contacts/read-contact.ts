import type { Actor } from '../access/actor.ts'
import type { Pool } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import type { ContactView } from './contact.ts'
import { presentContacts } from './present-contact.ts'
import { requireCard } from './visible-contacts.ts'

/** One contact; a merged one comes as itself, with `mergedIntoId` and `cardId`. Throws `not_found`. */
export async function readContact({ pool }: { pool: Pool }, actor: Actor, id: string): Promise<ContactView> {
  await requireCard(pool, actor, id)
  const [view] = await presentContacts(pool, [id])
  if (!view) throw new CoreError('not_found', 'There is no such contact.')
  return view
}
