import { createHash, randomBytes } from 'node:crypto'

/** How long a person may take at the vendor's page. */
export const consentMinutes = 10

/** One trip to a vendor's consent page. */
export interface Consent {
  stateHash: string
  channelId: string
  /** Only he may come back with it. */
  userId: string
  /** Sealed. */
  verifier: string
}

/** 256 random bits each: the state that comes back, the verifier that proves we asked, and what the vendor sees of it (RFC 7636 §4.2). */
export function newConsentSecrets(): { state: string; verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString('base64url')
  return { state: randomBytes(32).toString('base64url'), verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}

/** Only the hash is stored: what the database gives away opens nothing. */
export function hashState(state: string): string {
  return createHash('sha256').update(state).digest('base64url')
}

/** Where vendors send the browser back to; the same for all channels, so that it is entered at the vendor once. */
export function consentReturnUrl(publicUrl: string): string {
  return `${publicUrl}/api/v1/channels/consent/return`
}
