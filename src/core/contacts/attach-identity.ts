import { newId } from '../database/id.ts'
import type { Transaction } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import { normaliseIdentity } from '../identities/normalise-identity.ts'
import { appendLiveEvents } from '../realtime/append-live-events.ts'
import type { IdentityRole } from './contact.ts'
import { readDefaultCountry } from './default-country.ts'
import { insertLink, lockIdentity, readOwner } from './identity-store.ts'
import { insertSuggestion } from './suggestion-store.ts'

export interface GivenIdentity {
  kind: string
  value: string
  role: IdentityRole
}

/**
 * Gives a contact an identity that a person wrote. It owns it unless another card does: then both cards become a merge suggestion.
 * Gives the identity's id. Throws `invalid_request` for what can never be a key.
 */
export async function attachIdentity(tx: Transaction, contactId: string, given: GivenIdentity): Promise<string> {
  const identity = normaliseIdentity(given.kind, given.value, await readDefaultCountry(tx))
  if ('never' in identity)
    throw new CoreError('invalid_request', `This cannot be the address of a person: ${identity.never}.`, { reason: identity.never })
  const identityId = await lockIdentity(tx, identity)
  const owner = await readOwner(tx, identityId)
  await insertLink(tx, { contactId, identityId, role: given.role, raw: given.value.slice(0, 500), owning: owner === undefined })
  if (owner !== undefined && owner !== contactId) await suggest(tx, contactId, owner, identity)
  return identityId
}

async function suggest(tx: Transaction, contactId: string, otherId: string, identity: { kind: string; value: string }): Promise<void> {
  const [firstId, secondId] = contactId < otherId ? [contactId, otherId] : [otherId, contactId]
  const isNew = await insertSuggestion(tx, { id: newId(), firstId, secondId, reasons: [{ identity, evidence: 'manual' }] })
  if (isNew) await appendLiveEvents(tx, [{ type: 'suggestion.changed', contactId, subjectId: otherId, payload: { firstId, secondId } }])
}
