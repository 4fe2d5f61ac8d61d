import type { HookReply, RawDelivery, Verdict } from '../../core/connector/delivery.ts'
import type { Channel } from '../../core/connector/hub.ts'
import { isAllowedOrigin } from '../kits/pages/origins.ts'
import { newCollector } from './entries.ts'
import { isRecord } from './flatten-json.ts'
import { corsHeaders, preflightHeaders, senderOrigin } from './origins.ts'
import { kindOf, maxDoorParseBytes, readBodyNow } from './parse-body.ts'
import { parseJson } from './parse-json.ts'
import { parseUrlencoded } from './parse-urlencoded.ts'
import { refusalOfSecret } from './proof.ts'
import type { FormSettings } from './settings.ts'
import { isTag } from './source.ts'
import { bodyKey, headerKey } from './submission-key.ts'
import { thankYouReply } from './thank-you.ts'
import { isFromTilda, isTildaPing } from './tilda.ts'

/** Only bodies that hold one of these can name themselves: the rest is not parsed before it is stored. */
const idMarks = ['tranid', 'ubmission', 'esponse', 'nswer', 'ntry', 'vent', 'dempotency', 'edupe', 'leadgen', 'field_data', 'date_created']

/** Handshakes are answered at once and make no delivery, as does a ping of Tilda that proves nothing; the address itself is the proof `url`. */
export function verify(request: RawDelivery, channel: Channel<FormSettings>): Verdict {
  const { settings } = channel
  if (request.method === 'OPTIONS') return { is: 'reply', reply: { status: 204, headers: preflightHeaders(request, settings) } }
  if (request.method === 'HEAD') return { is: 'reply', reply: { status: 200 } }
  if (isTildaPing(request) && judge(request, settings).is !== 'ok') return { is: 'reply', reply: plain('ok') }
  if (request.body.length === 0 && !hasFields(request.query)) {
    if (request.method === 'GET') return { is: 'reply', reply: plain('This address takes requests of a site form.') }
  }
  return judge(request, settings)
}

function judge(request: RawDelivery, settings: FormSettings): Verdict {
  if (settings.proof === 'secret') {
    const reason = refusalOfSecret(request, settings.secret)
    return reason === undefined ? { is: 'ok' } : { is: 'refused', reason }
  }
  if (settings.proof === 'public' && !isAllowedOrigin(senderOrigin(request), settings.origins)) {
    return { is: 'refused', reason: `the page ${senderOrigin(request)?.origin ?? '(not told)'} is not among the allowed origins` }
  }
  return { is: 'ok' }
}

/** The sender's own id of a single submission: a header, or the body where it can be read without waiting. */
export function dedupeKey(request: RawDelivery): string | undefined {
  const named = headerKey(request)
  if (named !== undefined || request.body.length > maxDoorParseBytes || !mayNameItself(request.body)) return named
  const [only, ...others] = readBodyNow(request) ?? []
  if (only?.is !== 'submission' || others.length > 0) return undefined
  const found = bodyKey(only)
  return found === undefined || found.isWeak ? undefined : found.key
}

/** What the sender must hear after the commit: a browser a page, Tilda `ok`, JSON-RPC its result, everybody else `{ "ok": true }`. */
export function reply(request: RawDelivery, settings: FormSettings): HookReply {
  const cors = corsHeaders(request, settings)
  if (isNavigation(request)) return thankYouReply(request, settings)
  if (isFromTilda(request) || isTildaPing(request)) return plain('ok')
  const rpcId = jsonRpcId(request)
  const body = rpcId === undefined ? { ok: true } : { jsonrpc: '2.0', result: 'ok', id: rpcId }
  return { status: 200, headers: { 'content-type': 'application/json; charset=utf-8', ...cors }, body: JSON.stringify(body) }
}

function hasFields(query: string): boolean {
  const into = newCollector()
  parseUrlencoded(Buffer.from(query, 'latin1'), undefined, into)
  return into.entries.some((entry) => entry.path !== 'secret' && !isTag(entry.path))
}

function mayNameItself(body: Uint8Array): boolean {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  return idMarks.some((mark) => bytes.includes(mark))
}

/** A form that a browser submits without script (https://w3c.github.io/webappsec-fetch-metadata/); old browsers are told by what they accept. */
function isNavigation(request: RawDelivery): boolean {
  const mode = request.headers['sec-fetch-mode']
  if (mode !== undefined) return mode === 'navigate'
  const kind = kindOf(request)
  return kind !== 'json' && /^text\/html\b/i.test(request.headers.accept ?? '')
}

/** Yandex Forms may call by JSON-RPC and then waits for its answer; undefined when it is none. */
function jsonRpcId(request: RawDelivery): string | number | null | undefined {
  const bytes = Buffer.from(request.body.buffer, request.body.byteOffset, request.body.byteLength)
  if (bytes.length > maxDoorParseBytes || !bytes.includes('"jsonrpc"')) return undefined
  const json = parseJson(bytes.toString('utf8'))
  if (!isRecord(json) || json.jsonrpc === undefined) return undefined
  return typeof json.id === 'string' || typeof json.id === 'number' ? json.id : null
}

function plain(body: string): HookReply {
  return { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body }
}
