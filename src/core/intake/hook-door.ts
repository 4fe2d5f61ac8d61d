import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { LoadedChannel } from '../channels/channel.ts'
import type { ChannelDirectory } from '../channels/channel-directory.ts'
import { secretsOf } from '../channels/hub.ts'
import type { Vault } from '../channels/vault.ts'
import type { CallQuestion } from '../connector/calling.ts'
import type { Decision } from '../connector/connector.ts'
import { type HookReply, type RawDelivery, senderAddressHeader, senderRateHeader, type Verdict } from '../connector/delivery.ts'
import type { Logger } from '../connector/hub.ts'
import type { Door } from '../connector/visitors.ts'
import type { Pool } from '../database/pool.ts'
import { createDoors } from '../visitors/door.ts'
import type { Intake } from './deliver.ts'
import { createFollowUps, type FollowUpDeps } from './follow-up.ts'
import { maskRefusal } from './mask-refusal.ts'
import { discardBody, readBody, readHead } from './read-body.ts'
import { createRefusalGate } from './refusal-gate.ts'
import { bodyKept, insertRefusal } from './refusal-store.ts'
import { createSenderRate } from './sender-rate.ts'

export interface HookDoorDeps extends FollowUpDeps {
  channels: ChannelDirectory
  intake: Intake
  pool: Pool
  vault: Vault
  logger: Logger
  hookUrl(channel: LoadedChannel): string
  /** What core answers to a connector that `asks`. */
  decide(channel: LoadedChannel, question: CallQuestion): Promise<Decision>
  /** Address of whoever sends; behind proxies as the admin said. */
  callerOf(request: IncomingMessage): string
}

const longestDecisionMs = 1000
const methods = new Set(['POST', 'GET', 'HEAD', 'OPTIONS'])

/**
 * Answers `/hooks/<connector>/<channelKey>[/…]` on bare node:http: read, verify, store, and only then say yes.
 * 404 unknown key · 401 failed proof · 413 over 25 MB · 429 too many refusals · 503 too busy or the database is away (senders try again).
 */
export function createHookDoor(deps: HookDoorDeps): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const gate = createRefusalGate()
  const rates = createSenderRate()
  const doorOf = createDoors(deps)
  const followUp = createFollowUps(deps)

  async function refuse(response: ServerResponse, { status, reason, connector, key, channel, raw }: Refused): Promise<void> {
    const source = channel?.id ?? 'unknown'
    const isKept = gate.count(source)
    answer(response, { status: gate.isClosed(source) && status === 401 ? 429 : status, body: reason })
    if (!isKept) return
    // A little more than is kept, so that a secret is seen which the end would cut in two.
    const shown = maskRefusal({ headers: raw.headers, body: raw.body.subarray(0, 2 * bodyKept) }, [key, ...secretsOf(channel)])
    const refusal = { channelId: channel?.id ?? null, connector, key, reason, method: raw.method, ...shown }
    await insertRefusal(deps.pool, refusal).catch((error: unknown) => deps.logger.warn({ error: String(error) }, 'a refusal could not be kept'))
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const address = parseAddress(request.url ?? '')
    if (!address || !methods.has(request.method ?? '')) return answer(response, { status: address ? 405 : 404 })
    const head = { method: request.method ?? '', path: address.rest, query: address.query, headers: flatHeaders(request) }
    const channel = await deps.channels.find(address.connector, address.key)
    if (!channel?.connector.manifest.transport.includes('webhook')) {
      const raw = { ...head, body: await readHead(request, bodyKept) }
      await discardBody(request)
      return await refuse(response, { ...address, status: 404, reason: 'unknown_key', raw })
    }
    const body = await readBody(request)
    if (body.is === 'too_large' || body.is === 'too_busy') await discardBody(request)
    if (body.is === 'too_large') return answer(response, { status: 413, headers: { connection: 'close' } })
    if (body.is === 'too_busy') return answer(response, { status: 503, headers: { connection: 'close', 'retry-after': '5' } })
    if (body.is === 'aborted') return
    try {
      await take(request, response, channel, { ...head, body: body.bytes })
    } finally {
      body.release()
    }
  }

  /** Late or failed, the vendor goes on without: a caller never waits for us. */
  async function decide(channel: LoadedChannel, raw: RawDelivery): Promise<Decision> {
    const question = channel.connector.asks?.(raw, channel.settings)
    if (!question) return { kind: 'stored' }
    const deciding = deps.decide(channel, question).catch((error: unknown): Decision => {
      deps.logger.warn({ error: String(error), channelId: channel.id }, 'a question of the telephone was not answered')
      return { kind: 'stored' }
    })
    const late = new AbortController()
    const timer = sleep(longestDecisionMs, { kind: 'stored' } as const, { signal: late.signal }).catch((): Decision => ({ kind: 'stored' }))
    return await Promise.race([deciding, timer]).finally(() => late.abort())
  }

  async function take(request: IncomingMessage, response: ServerResponse, channel: LoadedChannel, raw: RawDelivery): Promise<void> {
    const sender = deps.callerOf(request)
    noteSender(raw, sender, rates.count(`${channel.id} ${sender}`))
    const verdict = verify(deps, channel, raw, doorOf(channel.id))
    if (verdict.is === 'reply') return answer(response, verdict.reply)
    if (verdict.is === 'refused') {
      const { reason } = verdict
      return await refuse(response, { status: 401, reason, connector: channel.connector.manifest.id, key: channel.key, channel, raw })
    }
    try {
      await deps.intake.deliver(channel, raw, dedupeOptions(channel, raw))
    } catch (error) {
      deps.logger.error({ error: String(error), channelId: channel.id }, 'a delivery could not be stored; its sender was asked to try again')
      return answer(response, { status: 503, headers: { 'retry-after': '10' } })
    }
    const decision = await decide(channel, raw)
    answer(response, channel.connector.reply?.(raw, channel.settings, decision, deps.hookUrl(channel)) ?? { status: 200 })
    followUp(channel, raw)
  }

  return async (request, response) => {
    try {
      await handle(request, response)
    } catch (error) {
      deps.logger.error({ error: String(error) }, 'a webhook could not be handled; its sender was asked to try again')
      answer(response, { status: 503, headers: { 'retry-after': '10' } })
    }
  }
}

interface Refused {
  status: number
  reason: string
  connector: string
  key: string
  /** Absent: no channel has this key. */
  channel?: LoadedChannel
  raw: RawDelivery
}

function noteSender(raw: RawDelivery, address: string, count: number): void {
  delete raw.headers[senderRateHeader]
  raw.headers[senderAddressHeader] = address
  if (count > 1) raw.headers[senderRateHeader] = String(count)
}

function verify(deps: HookDoorDeps, channel: LoadedChannel, raw: RawDelivery, door: Door): Verdict {
  if (raw.method === 'OPTIONS' && !channel.connector.verify) return { is: 'reply', reply: { status: 204 } }
  const seen = { id: channel.id, key: channel.key, settings: channel.settings, hookUrl: deps.hookUrl(channel) }
  return channel.connector.verify?.(raw, seen, door) ?? { is: 'ok' }
}

function dedupeOptions(channel: LoadedChannel, raw: RawDelivery): { dedupeKey?: string } {
  const dedupeKey = channel.connector.dedupeKey?.(raw, channel.settings)
  return dedupeKey === undefined ? {} : { dedupeKey }
}

interface HookAddress {
  connector: string
  key: string
  rest: string
  query: string
}

function parseAddress(url: string): HookAddress | undefined {
  const match = /^\/hooks\/([a-z0-9-]{1,64})\/([A-Za-z0-9_-]{1,128})(\/[^?]*)?(?:\?(.*))?$/s.exec(url)
  if (!match?.[1] || !match[2]) return undefined
  return { connector: match[1], key: match[2], rest: match[3] ?? '', query: match[4] ?? '' }
}

function flatHeaders(request: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value
  return headers
}

/** What a page's script may read of an answer that came before, or instead of, the connector's own: that it was refused, and why. */
const openToPages = { 'access-control-allow-origin': '*' }

function answer(response: ServerResponse, reply: HookReply): void {
  if (response.headersSent || response.destroyed) return
  const body = reply.body ?? ''
  const cors = reply.status >= 400 && response.req.headers.origin !== undefined ? openToPages : {}
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'content-length': Buffer.byteLength(body), ...cors, ...reply.headers }
  response.writeHead(reply.status, headers)
  response.end(response.req.method === 'HEAD' ? undefined : body)
}
