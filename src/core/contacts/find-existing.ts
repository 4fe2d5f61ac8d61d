import type { Actor } from '../access/actor.ts'
import type { Pool } from '../database/pool.ts'
import { normaliseIdentity } from '../identities/normalise-identity.ts'
import type { ContactView } from './contact.ts'
import { readDefaultCountry } from './default-country.ts'
import { selectHolders } from './identity-store.ts'
import { presentContacts } from './present-contact.ts'

export interface ExistingCards {
  /** As it will be stored; null when it can never be a key, with the reason. */
  identity: { kind: string; value: string } | null
  reason: string | null
  contacts: ContactView[]
  /** Cards that hold it and that the asker may not see. */
  hidden: number
}

/** "Already exists", asked while somebody types an address into a new card. */
export async function findExisting({ pool }: { pool: Pool }, actor: Actor, given: { kind: string; value: string }): Promise<ExistingCards> {
  const identity = normaliseIdentity(given.kind, given.value, await readDefaultCountry(pool))
  if ('never' in identity) return { identity: null, reason: identity.never, contacts: [], hidden: 0 }
  const holders = await selectHolders(pool, actor, identity)
  const contacts = await presentContacts(
    pool,
    holders.filter((holder) => holder.isVisible).map((holder) => holder.cardId),
  )
  return { identity, reason: null, contacts, hidden: holders.length - contacts.length }
}
