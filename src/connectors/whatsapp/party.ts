import type { IdentityClaim, Party } from '../../core/connector/identity.ts'
import type { Contact } from './payloads.ts'

/** What a message says of a client: the business-scoped id, or his number, or both. */
export interface ClientIds {
  userId?: string | undefined
  phone?: string | undefined
}

/**
 * The business-scoped id first: it lasts, and the number may be missing. A number is WhatsApp's own word, so it is an attested phone too.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids/
 */
export function partyOf(ids: ClientIds, contact?: Contact): Party {
  const { name, username } = contact?.profile ?? {}
  return { identities: identitiesOf(ids), ...(name && { name }), ...(username && { username }) }
}

export function identitiesOf({ userId, phone }: ClientIds): IdentityClaim[] {
  const whatsapp = [userId, phone].filter((value) => value !== undefined)
  const number = phone === undefined || !/^\d+$/.test(phone) ? [] : [{ kind: 'phone', value: `+${phone}`, evidence: 'attested' } as const]
  return [...whatsapp.map((value) => ({ kind: 'whatsapp', value, evidence: 'attested' }) as const), ...number]
}

/** The contact that a batch tells beside a message of these ids. */
export function contactOf({ userId, phone }: ClientIds, contacts: Contact[]): Contact | undefined {
  const named = contacts.find((one) => (userId !== undefined && one.user_id === userId) || (phone !== undefined && one.wa_id === phone))
  const [only, ...others] = contacts
  if (named || !only || others.length > 0) return named
  // Some countries write `from` and `wa_id` of one number in different ways: the name is his, the ids are not taken.
  const isOther = userId !== undefined && only.user_id !== undefined
  return isOther ? undefined : { profile: only.profile }
}
