import { BlockList, isIP, isIPv6 } from 'node:net'
import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import type { AuthenticateOptions, AuthenticateResult } from 'mailauth'
import type { Dns } from '../../../core/connector/dns.ts'
import type { Authenticity } from '../inbound/authenticity.ts'
import { foldAddress } from '../mime/addresses.ts'
import { findBody, headerValue, readHeaders } from '../mime/blocks.ts'

/** What the door found of the sender. `domain` is that of the From address it read; `checks` says it in words of RFC 8601, results alone. */
export interface SenderProof {
  authenticity: Authenticity
  domain: string
  checks: string
}

export interface Envelope {
  peer: string
  helo: string
  /** MAIL FROM; empty for bounces. */
  from: string
}

const timeLimitMs = 5_000
const maxLookUps = 60
const maxSignatures = 10
const chunkBytes = 256 * 1024
const ownNetwork = new BlockList()
for (const [network, prefix] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  ownNetwork.addSubnet(network, prefix)
ownNetwork.addAddress('::1', 'ipv6')
ownNetwork.addSubnet('fc00::', 7, 'ipv6')

/**
 * SPF (RFC 7208), DKIM (RFC 6376) and DMARC (RFC 7489) of a letter, as it came through the door. Attested only when DMARC passes for the From domain.
 * Undefined when name servers do not answer within 5 s: the sender is then just claimed. Never rejects. A signature over a part of the body (`l=`)
 * does not count. An unsigned letter from our own network is not examined: SPF says nothing of such peers.
 */
export async function proveSender(letter: Buffer, envelope: Envelope, dns: Dns): Promise<SenderProof | undefined> {
  const peer = envelope.peer.replace(/^::ffff:/i, '')
  const isSigned = headerValue(readHeaders(letter.subarray(0, findBody(letter).headerEnd)), 'dkim-signature') !== undefined
  const isNeighbour = isIP(peer) !== 0 && ownNetwork.check(peer, isIPv6(peer) ? 'ipv6' : 'ipv4')
  if (isNeighbour && !isSigned) return undefined
  const time = AbortSignal.timeout(timeLimitMs)
  const late = new Promise<undefined>((resolve) => time.addEventListener('abort', () => resolve(undefined), { once: true }))
  return Promise.race([late, examine(letter, { ...envelope, peer }, boundedDns(dns, time))]).catch(() => undefined)
}

async function examine(letter: Buffer, envelope: Envelope, resolver: Resolver): Promise<SenderProof | undefined> {
  const { authenticate } = await import('mailauth')
  const result = await authenticate(Readable.from(inChunks(withFullSignatures(letter))), {
    ip: envelope.peer,
    helo: envelope.helo,
    sender: envelope.from,
    mta: 'switchboard',
    resolver,
    disableArc: true,
    disableBimi: true,
  })
  const author = result.dkim.headerFrom
  if (author?.length !== 1 || author[0] === undefined) return undefined
  const { dmarc, spf, dkim } = result
  const checks = [
    ['spf', spf ? spf.status.result : 'none'],
    ['dkim', dkim.results.some(({ status }) => status.result === 'pass') ? 'pass' : (dkim.results[0]?.status.result ?? 'none')],
    ['dmarc', dmarc ? dmarc.status.result : 'none'],
  ]
  return {
    authenticity: verdictOf(result),
    domain: foldAddress(author[0]).split('@').at(-1) ?? '',
    checks: checks.map(([method, said]) => `${method}=${said}`).join(' '),
  }
}

function verdictOf({ dmarc, dkim }: AuthenticateResult): Authenticity {
  if (dmarc && dmarc.status.result === 'pass') return 'attested'
  if (dmarc && dmarc.status.result === 'fail') return 'failed'
  return dkim.results.some(({ status }) => status.result === 'pass' && Boolean(status.aligned)) ? 'weak' : 'none'
}

type Resolver = NonNullable<AuthenticateOptions['resolver']>

/** A letter names as many domains as it likes: look-ups are counted, and none begins once the time is up. */
function boundedDns(dns: Dns, time: AbortSignal): Resolver {
  let asked = 0
  return (name, type) => {
    asked += 1
    if (asked > maxLookUps || time.aborted) return Promise.reject(Object.assign(new Error('no more look-ups'), { code: 'ETIMEOUT' }))
    // mailauth's type forgets that MX records are objects
    return dns(name, type as 'TXT')
  }
}

/** Hashing 64 MB in one go would keep everybody waiting. */
async function* inChunks(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    yield bytes.subarray(at, at + chunkBytes)
    await setImmediate()
  }
}

/** The letter with its first ten signatures over the whole body; the others are left out. */
function withFullSignatures(letter: Buffer): Buffer {
  const { headerEnd } = findBody(letter)
  const fields = letter
    .subarray(0, headerEnd)
    .toString('latin1')
    .split(/(?<=\n)(?![ \t])/)
  let signatures = 0
  const kept = fields.filter((field) => {
    if (!/^dkim-signature[ \t]*:/i.test(field)) return true
    if (/[;\s]l[ \t]*=[ \t]*\d/i.test(field)) return false
    signatures += 1
    return signatures <= maxSignatures
  })
  return kept.length === fields.length ? letter : Buffer.concat([Buffer.from(kept.join(''), 'latin1'), letter.subarray(headerEnd)])
}
