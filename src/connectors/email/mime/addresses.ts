import { domainToASCII } from 'node:url'
import { getDomain } from 'tldts'

/** Domain in ASCII and lower case, local part as it was: good for comparing and for keys of ours, not for display. */
export function foldAddress(address: string): string {
  const at = address.lastIndexOf('@')
  if (at < 0) return address.trim().toLowerCase()
  const domain = address
    .slice(at + 1)
    .trim()
    .replace(/\.$/, '')
    .toLowerCase()
  return `${address.slice(0, at).trim().toLowerCase()}@${domainToASCII(domain) || domain}`
}

/** `name+tag@domain` to its parts; without a plus the tag is absent. */
export function splitPlus(address: string): { base: string; tag?: string } {
  const at = address.lastIndexOf('@')
  const plus = address.indexOf('+')
  if (at < 0 || plus < 1 || plus > at) return { base: address }
  return { base: address.slice(0, plus) + address.slice(at), tag: address.slice(plus + 1, at) }
}

export function domainOf(address: string): string {
  return foldAddress(address).slice(foldAddress(address).lastIndexOf('@') + 1)
}

/** The domain that somebody registered, by the Public Suffix List: neighbours under `co.uk` or `github.io` are strangers to each other. */
export function organisationOf(domain: string): string {
  const host = domain.toLowerCase().replace(/\.$/, '')
  return getDomain(host, { allowPrivateDomains: true }) ?? host
}
