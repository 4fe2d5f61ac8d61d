import type { IdentityClaim, Party } from '../../core/connector/identity.ts'
import { claimsOf, readIdentity, visitorOfUser } from './identity.ts'
import type { About } from './payloads.ts'
import type { Settings } from './settings.ts'

/**
 * Who writes: the visitor himself, attested by our token; what his site has proven of him; and what he typed, which is claimed. A proof
 * that has grown old meanwhile holds for the visitor who was made of it.
 */
export function partyOf(about: About, visitor: string, { settings, receivedAt }: { settings: Settings; receivedAt: Date }): Party {
  const proven = about.identity === undefined ? undefined : provenOf(about.identity, visitor, settings, receivedAt)
  const { name, phone, email } = about.profile ?? {}
  const typed: IdentityClaim[] = [
    ...(email?.trim() ? [{ kind: 'email', value: email.trim(), evidence: 'claimed' } as const] : []),
    ...(phone?.trim() ? [{ kind: 'phone', value: phone.trim(), evidence: 'claimed' } as const] : []),
  ]
  const attested = proven?.claims ?? []
  const said = typed.filter((one) => !attested.some(({ kind, value }) => kind === one.kind && value === one.value))
  const called = (proven?.name ?? name ?? '').replaceAll('\u0000', '').trim()
  return {
    ...(called && { name: called }),
    ...(about.language && { language: about.language.slice(0, 2).toLowerCase() }),
    identities: [{ kind: 'visitor', value: visitor, evidence: 'attested' }, ...attested, ...said],
  }
}

function provenOf(
  given: unknown,
  visitor: string,
  { identifySecret }: Settings,
  receivedAt: Date,
): { name?: string; claims: IdentityClaim[] } | undefined {
  if (identifySecret === undefined) return undefined
  const fresh = readIdentity(given, identifySecret, receivedAt)
  const read = 'doubt' in fresh ? readIdentity(given, identifySecret) : fresh
  if ('doubt' in read) return undefined
  if (fresh !== read && visitorOfUser(identifySecret, read.userId) !== visitor) return undefined
  return { ...(read.name && { name: read.name }), claims: claimsOf(read, identifySecret) }
}
