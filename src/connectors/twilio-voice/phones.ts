import type { Settings } from './settings.ts'

/** How Twilio rings somebody: a phone by E.164, a registered client, a SIP address; undefined: this cannot be rung. */
export function addressOf(user: string, { sipDomain }: Pick<Settings, 'sipDomain'>): string | undefined {
  const text = user.trim()
  if (/^(client:[\w.@+-]{1,256}|sips?:[^\s<>]+@[^\s<>]+)$/i.test(text)) return text
  const digits = text.replaceAll(/[\s().-]/g, '')
  if (/^\+\d{7,15}$/.test(digits)) return digits
  return sipDomain !== undefined && /^[\w.-]{1,40}$/.test(text) ? `sip:${text}@${sipDomain}` : undefined
}

/** The number of a user in Team, by what Twilio rang. */
export function userOf(address: string, { sipDomain }: Pick<Settings, 'sipDomain'>): string {
  const [, name, domain] = /^sips?:([^@;]+)@([^;:]+)/i.exec(address) ?? []
  if (name === undefined || domain === undefined) return address
  return domain.toLowerCase() === sipDomain?.toLowerCase() ? decode(name) : `sip:${name}@${domain}`
}

function decode(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

/** The numbers for when the hub could not decide in time. */
export function fallbackOf({ fallbackNumbers }: Pick<Settings, 'fallbackNumbers'>): string[] {
  return (fallbackNumbers ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean)
}
