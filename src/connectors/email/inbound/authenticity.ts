import { foldAddress, organisationOf } from '../mime/addresses.ts'
import type { RawHeader } from '../mime/blocks.ts'
import { presets, providerOf } from '../servers/presets.ts'
import type { EmailSettings } from '../settings.ts'

/** `attested`: the receiving server vouches for the From domain. `weak`: SPF alone. `failed`: it says the opposite. `none`: nobody trusted says anything. */
export type Authenticity = 'attested' | 'weak' | 'failed' | 'none'

interface Result {
  method: string
  result: string
  domain?: string
}

/**
 * How far the receiving server vouches for the From address (RFC 8601). Only results of trusted servers count, and only those that stand above the
 * first `Received` of a foreign host: everything below may have been written by the sender.
 */
export function judgeAuthenticity(headers: RawHeader[], from: string, settings: EmailSettings): Authenticity {
  const results = trustedResults(headers, settings)
  const domain = foldAddress(from).split('@').at(-1) ?? ''
  const dmarc = results.filter((result) => result.method === 'dmarc' && (result.domain === undefined || isAligned(result.domain, domain)))
  if (dmarc.some((result) => result.result === 'fail')) return 'failed'
  if (dmarc.some((result) => result.result === 'pass')) return 'attested'
  const dkim = results.filter((result) => result.method === 'dkim')
  if (dkim.some((result) => result.result === 'pass' && result.domain !== undefined && isAligned(result.domain, domain))) return 'attested'
  const spf = results.filter((result) => result.method === 'spf')
  if (spf.some((result) => result.result === 'pass' && result.domain !== undefined && isAligned(result.domain, domain))) return 'weak'
  if (dkim.some((result) => result.result === 'fail') && spf.some((result) => result.result === 'fail')) return 'failed'
  return 'none'
}

function isAligned(domain: string, fromDomain: string): boolean {
  return fromDomain !== '' && organisationOf(domain) === organisationOf(fromDomain)
}

function trustedResults(headers: RawHeader[], settings: EmailSettings): Result[] {
  const provider = providerOf(settings)
  const trusted = [...settings.trustedAuthServers, ...(provider === undefined ? [] : presets[provider].authServers)].map((id) => id.toLowerCase())
  const isMicrosoft = provider === 'm365' || provider === 'outlook'
  if (trusted.length === 0) return []
  if (provider === 'mailru') {
    const own = headers.filter((header) => header.name === 'authentication-results' && isTrusted(idOf(header.value), trusted))
    return own.length === 1 ? own.flatMap((header) => parseResults(header.value)) : []
  }
  const results: Result[] = []
  for (const header of headers) {
    if (header.name === 'received' && isForeign(header.value, trusted)) break
    if (header.name !== 'authentication-results') continue
    const id = idOf(header.value)
    if (isTrusted(id, trusted) || (isMicrosoft && id === undefined && results.length === 0)) results.push(...parseResults(header.value))
  }
  return results
}

/** The authserv-id; absent where the header starts with a result at once, as Microsoft writes it. */
function idOf(value: string): string | undefined {
  const first = stripComments(value).split(';')[0]?.trim().split(/\s+/)[0]?.toLowerCase()
  return first === undefined || first === '' || first.includes('=') ? undefined : first
}

function isTrusted(id: string | undefined, trusted: string[]): boolean {
  return id !== undefined && trusted.some((entry) => (entry.startsWith('.') ? id.endsWith(entry) : id === entry))
}

/** A `Received` written by a host outside the trusted organisations. Hosts without a dot and bare addresses are the provider's own inside. */
function isForeign(received: string, trusted: string[]): boolean {
  const by = /(?:^|\s)by\s+([^\s;()]+)/i.exec(stripComments(received))?.[1]?.toLowerCase()
  if (by === undefined || !by.includes('.') || /^[\d.:[\]]+$/.test(by) || by.includes(':')) return false
  const organisations = trusted.map((entry) => organisationOf(entry.replace(/^\./, '')))
  return !organisations.some((organisation) => organisationOf(by) === organisation)
}

function parseResults(value: string): Result[] {
  return stripComments(value)
    .split(';')
    .flatMap((piece) => {
      const match = /^\s*([a-z0-9-]+)\s*=\s*([a-z]+)/i.exec(piece)
      if (match === null) return []
      const method = (match[1] ?? '').toLowerCase()
      const domain = domainIn(piece, method)
      return [{ method, result: (match[2] ?? '').toLowerCase(), ...(domain !== undefined && { domain }) }]
    })
}

function domainIn(piece: string, method: string): string | undefined {
  const names = method === 'spf' ? 'smtp\\.mailfrom|smtp\\.mail|smtp\\.helo' : method === 'dmarc' ? 'header\\.from' : 'header\\.d|header\\.i'
  const value = new RegExp(`(?:${names})\\s*=\\s*"?([^\\s;"]+)`, 'i').exec(piece)?.[1]
  return value?.slice(value.lastIndexOf('@') + 1).toLowerCase()
}

function stripComments(value: string): string {
  let text = value
  for (let depth = 0; depth < 5 && text.includes('('); depth += 1) text = text.replace(/\([^()]*\)/g, ' ')
  return text
}
