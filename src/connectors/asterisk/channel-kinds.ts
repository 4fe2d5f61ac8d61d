import type { Settings } from './settings.ts'

/** `inner`: half of a Local channel or a helper of Asterisk itself, nobody's phone. */
export type ChannelKind = 'phone' | 'trunk' | 'inner'

type Patterns = Pick<Settings, 'phones' | 'trunks'>

const helpers = /^(?:Local|Message|Surrogate|AsyncGoto|Bridge|CBRec|CBAnn|Announcer|Recorder|Snoop|UnicastRTP|MulticastRTP|Parked|Mixmonitor)\//i

/** Whose a channel is, by its name: `PJSIP/101-0000002a`. What no pattern names is a phone when it is called by two to five digits, else a trunk. */
export function kindOf(channel: string, { phones, trunks }: Patterns): ChannelKind | undefined {
  if (channel === '') return undefined
  if (helpers.test(channel) || !channel.includes('/')) return 'inner'
  const name = channel.replace(/-[^-]*$/, '')
  if (isAmong(name, trunks)) return 'trunk'
  if (phones !== '') return isAmong(name, phones) ? 'phone' : 'trunk'
  return /^\d{2,5}$/.test(phoneOf(channel)) ? 'phone' : 'trunk'
}

/** The extension behind a phone's channel: `101` of `PJSIP/101-0000002a`. */
export function phoneOf(channel: string): string {
  return channel.replace(/^[^/]*\//, '').replace(/-[^-]*$/, '')
}

/** The number in `79990001122@trunk`, `PJSIP/trunk/sip:79990001122@host`, `PJSIP/79990001122@trunk,30`. */
export function numberIn(dialString: string): string | undefined {
  const first = dialString.split(',')[0] ?? ''
  return /(?:^|[/:])(\+?\d{5,15})(?=@|$)/.exec(first)?.[1]
}

const regexps = new Map<string, RegExp>()

function isAmong(name: string, list: string): boolean {
  if (list === '') return false
  const known = regexps.get(list) ?? regexpOf(list)
  if (regexps.size > 100) regexps.clear()
  regexps.set(list, known)
  return known.test(name)
}

function regexpOf(list: string): RegExp {
  const one = list
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map((pattern) => pattern.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll(/\*+/g, '.*'))
  return new RegExp(`^(?:${one.join('|')})$`, 'i')
}
