import { actorId } from '../access/actor.ts'
import type { Caller } from '../access/audit.ts'
import { newId } from '../database/id.ts'
import { inTransaction, type Pool } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import { announceContacts } from './announce-contacts.ts'
import { attachIdentity, type GivenIdentity } from './attach-identity.ts'
import type { ContactView, Stage } from './contact.ts'
import { insertContact, requireTargets } from './contact-store.ts'

export interface NewContact {
  name: string
  stage: Stage
  ownerId?: string | null | undefined
  companyId?: string | null | undefined
  language?: string | null | undefined
  fields?: Record<string, unknown> | undefined
  identities: GivenIdentity[]
}

/**
 * A card made by hand. Whoever sees only his own clients becomes its owner. An identity that another card owns is attached without
 * taking it over, and the two cards become a merge suggestion. Throws `invalid_request` for what can never be an identity.
 */
export async function createContact({ pool }: { pool: Pool }, contact: NewContact, { actor }: Caller): Promise<ContactView> {
  const ownerId = contact.ownerId ?? (actor.ownClientsOnly ? actorId(actor) : null)
  return await inTransaction(pool, async (tx) => {
    await requireTargets(tx, { ...contact, ownerId })
    const id = newId()
    const { name, stage, companyId, language, fields } = contact
    await insertContact(tx, { id, name, stage, ownerId, companyId: companyId ?? null, language: language ?? null, fields: fields ?? {} })
    for (const identity of contact.identities) await attachIdentity(tx, id, identity)
    const [view] = await announceContacts(tx, [id], 'contact.created')
    if (!view) throw new CoreError('internal')
    return view
  })
}
