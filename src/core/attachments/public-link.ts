import { timingSafeEqual } from 'node:crypto'
import { isIP } from 'node:net'
import { isPrivateAddress } from '../channels/private-address.ts'
import type { Vault } from '../channels/vault.ts'
import type { Localised } from '../connector/manifest.ts'
import { wordedError } from '../connector/worded-error.ts'

/** How long a link gives its file, ms: vendors fetch within seconds, but some try again for hours. */
export const publicLinkLifeMs = 24 * 3_600_000

const unreachable: Localised = {
  en: 'This channel takes files only from an address that the internet can reach by HTTPS, and this hub has none (PUBLIC_URL)',
  ru: 'Этот канал берёт файлы только с адреса, доступного из интернета по HTTPS, а у хаба такого нет (PUBLIC_URL)',
}

/** Why no vendor can fetch files from a hub at this address; undefined: it can. Looks at the address alone. */
export function whyNoLinks(publicUrl: string): Localised | undefined {
  const url = URL.parse(publicUrl)
  const host = url?.hostname.replace(/^\[|\]$/g, '') ?? ''
  const isOwn = host === 'localhost' || !/[.:]/.test(host) || /\.(local|lan|internal|localhost|home\.arpa)$/.test(host)
  const isReachable = url?.protocol === 'https:' && !isOwn && !(isIP(host) && isPrivateAddress(host))
  return isReachable ? undefined : unreachable
}

interface LinkedFile {
  id: string
  /** Milliseconds since 1970. */
  until: number
}

/** The address of a file for whoever has it, until a day from `now`. Only the hub's key makes one. Throws ConnectorError `unsupported`. */
export function publicLink({ vault, publicUrl }: { vault: Vault; publicUrl: string }, file: { id: string; name: string }, now: number): string {
  const reason = whyNoLinks(publicUrl)
  if (reason) throw wordedError('unsupported', reason)
  const until = now + publicLinkLifeMs
  return `${publicUrl}/files/${file.id}/${until}/${signatureOf(vault, { id: file.id, until })}/${encodeURIComponent(plainName(file.name))}`
}

/** Vendors look at the ending of a name; the rest of it is nobody's business. */
function plainName(name: string): string {
  return `file${/\.[A-Za-z0-9]{1,8}$/.exec(name)?.[0].toLowerCase() ?? ''}`
}

export function isPublicLinkValid(vault: Vault, file: LinkedFile, signature: string, now: number): boolean {
  if (!(file.until > now) || file.until > now + publicLinkLifeMs) return false
  const expected = Buffer.from(signatureOf(vault, file))
  const shown = Buffer.from(signature)
  return expected.length === shown.length && timingSafeEqual(expected, shown)
}

function signatureOf(vault: Vault, { id, until }: LinkedFile): string {
  return vault.mac('public link', `${id} ${until}`)
}
