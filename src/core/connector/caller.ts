import type { Party } from './identity.ts'

/** Words and numbers by which networks and PBXs say that the number is withheld (+266696687 spells ANONYMOUS on a telephone). */
const withheld = /^(?:|\+?266696687|anonymous|unknown|<unknown>|restricted|private|unavailable|withheld|null|none|hidden|скрыт\S*|-+|0+)$/i

/**
 * The other end of a call, as a PBX writes it. A withheld number, a short one or a word names nobody; a SIP address is an identity of its own kind.
 * `isInternational`: the vendor writes E.164 without the plus. The network attests who calls, as far as anybody does.
 */
export function callerOf(number: string | undefined, options: { name?: string | undefined; isInternational?: boolean } = {}): Party {
  const name = options.name?.trim()
  const party: Party = { ...(name && { name }), identities: [] }
  const text = (number ?? '').trim()
  if (withheld.test(text)) return party
  const sip = /^sips?:([^;?>]+@[^;?>]+)/i.exec(text)?.[1]
  if (sip !== undefined) return { ...party, identities: [{ kind: 'sip', value: sip.toLowerCase(), evidence: 'attested' }] }
  const digits = text.replaceAll(/[\s().-]/g, '')
  if (!/^\+?\d{5,15}$/.test(digits)) return party
  const value = options.isInternational && !digits.startsWith('+') ? `+${digits}` : digits
  return { ...party, identities: [{ kind: 'phone', value, evidence: 'attested' }] }
}
