import type { ProviderId } from './presets.ts'

/** Whose servers take the mail of a domain in, by the names in its MX records. */
const exchangers: [RegExp, ProviderId][] = [
  [/(?:^|\.)mx\.yandex\.(?:net|ru)$/, 'yandex'],
  [/^(?:e?mxs?\d*)\.mail\.ru$/, 'mailru'],
  [/(?:^|\.)(?:aspmx\.l\.google\.com|aspmx\d\.googlemail\.com)$|^smtp\.google\.com$/, 'gmail'],
  [/\.olc\.protection\.outlook\.com$/, 'outlook'],
  [/\.mail\.protection\.outlook\.com$|\.mx\.microsoft$/, 'm365'],
  [/^mx\d+\.mail\.icloud\.com$/, 'icloud'],
  [/\.yahoodns\.net$/, 'yahoo'],
  [/(?:^|\.)inmx\.rambler\.ru$/, 'rambler'],
  [/^(?:mx\d*|smtpin\d*)\.zoho\.(?:com|eu|in|jp|com\.au)$/, 'zoho'],
  [/\.messagingengine\.com$/, 'fastmail'],
]

/** The provider behind these mail exchangers, best preference first; undefined for servers of the firm's own. */
export function providerOfExchangers(names: string[]): ProviderId | undefined {
  for (const name of names.map((one) => one.toLowerCase().replace(/\.$/, ''))) {
    const found = exchangers.find(([pattern]) => pattern.test(name))
    if (found !== undefined) return found[1]
  }
  return undefined
}
