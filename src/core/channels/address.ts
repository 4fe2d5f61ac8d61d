import { normaliseIdentity } from '../identities/normalise-identity.ts'

/** One number, page or mailbox alias of ours behind a channel: where it is printed, and whose it is. */
export interface Address {
  value: string
  name: string | null
  /** The campaign behind it. */
  source: string | null
  teamId: string | null
}

/** By which what was dialled is found among our addresses, however either is written; `country` is ISO 3166 alpha-2. */
export function addressKey(value: string, country: string): string {
  const phone = normaliseIdentity('phone', value, country)
  return 'never' in phone ? value.trim().toLowerCase() : phone.value
}
