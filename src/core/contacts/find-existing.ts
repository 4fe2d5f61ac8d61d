import type { Actor } from '../access/actor.ts'
import type { Pool } from '../database/pool.ts'
import { normaliseIdentity } from '../identities/normalise-identity.ts'
import type { ContactView } from './contact.ts'
import { readDefaultCountry } from './default-country.ts'
import { selectHolders } from './identity-store.ts'
import { presentContacts } from './present-contact.ts'
import { visibleContacts } from './visible-contacts.ts'

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
  const holders = await selectHolders(pool, identity)
  const ids = holders.map((holder) => holder.cardId)
  const { rows } = await pool.query<{ id: string }>(
    `select c.id from contacts c where c.id = any($1::uuid[]) and ${visibleContacts(actor, 'c.card_id')}`,
    [ids],
  )
  const visible = new Set(rows.map((row) => row.id))
  const contacts = await presentContacts(
    pool,
    ids.filter((id) => visible.has(id)),
  )
  return { identity, reason: null, contacts, hidden: ids.length - contacts.length }
}
