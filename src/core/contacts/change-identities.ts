import { type Caller, recordAudit } from '../access/audit.ts'
import { inTransaction, type Pool, type Transaction } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import { announceContacts } from './announce-contacts.ts'
import { attachIdentity, type GivenIdentity } from './attach-identity.ts'
import type { ContactView, IdentityRole } from './contact.ts'
import { lockCard } from './contact-store.ts'
import { endLinks, updateLinks } from './identity-store.ts'
import { requireCard } from './visible-contacts.ts'

interface Deps {
  pool: Pool
}

/** Adds an address to a card. Throws `not_found`; `invalid_request` for what can never be a key. */
export async function addIdentity(deps: Deps, contactId: string, given: GivenIdentity, caller: Caller): Promise<ContactView> {
  return await onCard(deps, contactId, caller, async (tx, cardId) => {
    await attachIdentity(tx, cardId, given)
  })
}

/** Changes what an address of a card is (a household's phone, a shared mailbox), or confirms that it is really his. Throws `not_found`. */
export async function changeIdentity(
  deps: Deps,
  contactId: string,
  identityId: string,
  change: { role?: IdentityRole | undefined; isConfirmed?: boolean | undefined },
  caller: Caller,
): Promise<ContactView> {
  const evidence = change.isConfirmed === undefined ? undefined : change.isConfirmed ? 'manual' : 'claimed'
  return await onCard(deps, contactId, caller, async (tx, cardId) => {
    if ((await updateLinks(tx, cardId, identityId, { role: change.role, evidence })) === 0)
      throw new CoreError('not_found', 'The card has no such address.')
  })
}

/** Takes an address off a card; new traffic from it makes a new card. Throws `not_found`. */
export async function removeIdentity(deps: Deps, contactId: string, identityId: string, caller: Caller): Promise<ContactView> {
  return await onCard(deps, contactId, caller, async (tx, cardId) => {
    if ((await endLinks(tx, cardId, identityId)) === 0) throw new CoreError('not_found', 'The card has no such address.')
    await recordAudit(tx, caller, { action: 'identity.removed', subject: cardId, detail: { identityId } })
  })
}

async function onCard(
  { pool }: Deps,
  contactId: string,
  { actor }: Caller,
  work: (tx: Transaction, cardId: string) => Promise<void>,
): Promise<ContactView> {
  return await inTransaction(pool, async (tx) => {
    await requireCard(tx, actor, contactId)
    const card = await lockCard(tx, contactId)
    await work(tx, card.id)
    const [view] = await announceContacts(tx, [card.id])
    if (!view) throw new CoreError('not_found')
    return view
  })
}
