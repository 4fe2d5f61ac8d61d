import { guardedFetch } from '../channels/guarded-fetch.ts'
import type { Vault } from '../channels/vault.ts'
import { type AttemptResult, readRetryAfter, signWebhook } from './webhook.ts'
import type { StoredWebhook } from './webhook-store.ts'

/** Standard Webhooks asks for 15 to 30 s. */
const longestAnswerMs = 15_000
const keptBytes = 1024

export interface PostDeps {
  vault: Vault
  /** For the whole answer; absent: 15 s. */
  timeoutMs?: number
}

export interface OutgoingEvent {
  /** Stable over all attempts: the receiver knows a repeat by it. */
  id: string
  type: string
  at: Date
  data: object
}

/** One signed request and what came of it. Never throws for what the other side does; reads at most one kilobyte of its answer. */
export async function postWebhook(
  { vault, timeoutMs = longestAnswerMs }: PostDeps,
  webhook: StoredWebhook,
  event: OutgoingEvent,
): Promise<AttemptResult> {
  const startedAt = Date.now()
  const since = () => Date.now() - startedAt
  try {
    const body = JSON.stringify({ type: event.type, timestamp: event.at.toISOString(), data: event.data })
    const init = {
      method: 'POST',
      body,
      headers: headersOf(vault, webhook, event.id, body),
      redirect: 'manual' as const,
      signal: AbortSignal.timeout(timeoutMs),
    }
    const response = webhook.allowPrivate ? await fetch(webhook.url, init) : await guardedFetch(webhook.url, init)
    const answer = await firstBytes(response)
    const retryAfterMs = readRetryAfter(response.headers.get('retry-after'), new Date())
    return { status: response.status, error: null, latencyMs: since(), answer, ...(retryAfterMs !== undefined && { retryAfterMs }) }
  } catch (error) {
    return { status: null, error: wordsOf(error, timeoutMs), latencyMs: since(), answer: '' }
  }
}

function headersOf(vault: Vault, webhook: StoredWebhook, messageId: string, body: string): Record<string, string> {
  const id = `msg_${messageId}`
  const timestamp = Math.floor(Date.now() / 1000)
  const isOldValid = webhook.oldSecret !== null && webhook.oldSecretUntil !== null && webhook.oldSecretUntil > new Date()
  const secrets = [webhook.secret, ...(isOldValid && webhook.oldSecret ? [webhook.oldSecret] : [])].map((sealed) => vault.open(sealed))
  return {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'Switchboard-Webhooks/1',
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signWebhook(secrets, { id, timestamp, body }),
  }
}

async function firstBytes(response: Response): Promise<string> {
  const reader = response.body?.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  while (reader && size < keptBytes) {
    const { done, value } = await reader.read()
    if (done) break
    chunks.push(value)
    size += value.length
  }
  await reader?.cancel().catch(() => {})
  return new TextDecoder().decode(Buffer.concat(chunks).subarray(0, keptBytes)).replaceAll('\u0000', '')
}

/** For people: `fetch` hides the reason in its cause. */
function wordsOf(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return String(error).slice(0, 300)
  if (error.name === 'TimeoutError') return `There was no answer within ${timeoutMs / 1000} s.`
  const cause = error.cause instanceof Error ? error.cause : error
  return (cause.message || cause.name).slice(0, 300)
}
