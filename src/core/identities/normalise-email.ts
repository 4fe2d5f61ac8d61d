import { domainToASCII } from 'node:url'
import type { NeverReason } from './never-reason.ts'

const noReply =
  /(?:^|[-._+])(?:no|not|do[-._]?not|dont)[-._]?(?:reply|answer|respond)(?:[-._+\d]|$)|^(?:mailer-daemon|postmaster|bounces?(?:[-+._].*)?)$/

/**
 * An address as it is compared: lower case, the domain in ASCII. RFC 5321 lets the local part be case sensitive; no mail
 * provider in use makes two people of `Ivan@` and `ivan@`, so cards do not either.
 */
export function normaliseEmail(raw: string): string | { never: NeverReason } {
  const text = addressOf(raw)
  const at = text.lastIndexOf('@')
  const local = text.slice(0, at).normalize('NFC').toLowerCase().normalize('NFC')
  if (at < 1 || local.length > 64 || /[\s"(),:;<>@[\\\]\p{Cc}]/u.test(local)) return { never: 'not_an_address' }
  const domain = domainOf(text.slice(at + 1))
  if (domain === undefined) return { never: 'not_an_address' }
  return noReply.test(local) ? { never: 'no_reply' } : `${local}@${domain}`
}

/** `Ivan <ivan@example.com>` and `mailto:ivan@example.com?subject=…` are written where an address is asked for. */
function addressOf(raw: string): string {
  const inBrackets = /<([^<>]+)>\s*$/.exec(raw)?.[1] ?? raw
  const mailto = /^\s*mailto:([^?]*)/i.exec(inBrackets)?.[1]
  return (mailto ?? inBrackets).trim()
}

function domainOf(text: string): string | undefined {
  const trimmed = text.trim().replace(/\.$/, '')
  if (/[\s/\\?#@:%[\]<>]/.test(trimmed)) return undefined
  const ascii = domainToASCII(trimmed).replace(/\.$/, '')
  const plain = ascii !== '' && ascii.length <= 253 && !/^\d+(?:\.\d+){3}$/.test(ascii)
  return plain ? ascii : undefined
}
