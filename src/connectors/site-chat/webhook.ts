import { type HookReply, type RawDelivery, senderRateHeader, type Verdict } from '../../core/connector/delivery.ts'
import type { Channel } from '../../core/connector/hub.ts'
import type { Door } from '../../core/connector/visitors.ts'
import { isAllowedOrigin } from '../kits/pages/origins.ts'
import { isMultipart, senderOf } from './address.ts'
import type { Settings } from './settings.ts'

/** Of a body without files. */
const largestBody = 100_000
/** What a browser puts round the bytes of files. */
const roundFiles = 20_000

export function admitsPage(origin: string | undefined, settings: Settings): boolean {
  return isAllowedOrigin(URL.parse(origin ?? '') ?? undefined, settings.origins)
}

/** The token proves the visitor; origins and rates only filter. What is too much hears 429 and comes again: nothing is lost, and nothing stored. */
export function verify(request: RawDelivery, { settings }: Channel<Settings>, door: Door): Verdict {
  const { origin } = request.headers
  if (!admitsPage(origin, settings)) return { is: 'refused', reason: `the page ${origin ?? '(not told)'} is not among the allowed origins` }
  if (request.method === 'OPTIONS') return { is: 'reply', reply: { status: 204, headers: { ...cors(request), ...preflight } } }
  if (request.method !== 'POST') return { is: 'refused', reason: 'a page of the chat sends by POST' }
  const sender = senderOf(request)
  if (!sender) return { is: 'refused', reason: 'the address names no visitor and no id' }
  const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1]
  const proven = token === undefined ? undefined : door.visitorsOf(token)
  if (!proven?.includes(sender.visitor)) return { is: 'refused', reason: 'the token of the visitor is missing or not ours' }
  const limit = excess(request, settings, door.count(sender.visitor))
  return limit === undefined ? { is: 'ok' } : { is: 'reply', reply: { status: limit, headers: { ...cors(request), 'retry-after': '15' } } }
}

function excess(request: RawDelivery, settings: Settings, ofVisitor: number): 413 | 429 | undefined {
  if (ofVisitor > settings.maxPerMinute || Number(request.headers[senderRateHeader] ?? 0) > settings.maxPerAddress) return 429
  const fileBytes = settings.files ? settings.maxFileMegabytes * 1_000_000 + roundFiles : 0
  return request.body.length > Math.max(largestBody, isMultipart(request) ? fileBytes : 0) ? 413 : undefined
}

/** It repeats what it heard no answer to, under the same id. */
export function dedupeKey(request: RawDelivery): string | undefined {
  const sender = senderOf(request)
  return sender && `${sender.visitor}:${sender.id}`
}

/** 200 means stored. */
export function reply(request: RawDelivery): HookReply {
  return { status: 200, headers: { 'content-type': 'application/json', ...cors(request) }, body: '{"ok":true}' }
}

/** https://fetch.spec.whatwg.org/#http-cors-protocol; never with cookies. */
function cors(request: RawDelivery): Record<string, string> {
  const { origin } = request.headers
  return origin === undefined ? {} : { 'access-control-allow-origin': origin, vary: 'Origin' }
}

const preflight = {
  'access-control-allow-methods': 'POST',
  'access-control-allow-headers': 'authorization, content-type',
  'access-control-max-age': '7200',
}
