import { createHmac, randomBytes } from 'node:crypto'

/** Live events that go outside: what the hub knows of clients and channels, not what consoles alone need. */
export const webhookTypes = [
  'entry.created',
  'entry.changed',
  'contact.created',
  'contact.changed',
  'lead.created',
  'lead.changed',
  'conversation.changed',
  'call.changed',
  'channel.changed',
] as const
export type WebhookType = (typeof webhookTypes)[number]

/** `unapproved`: made or redirected by somebody who may not see clients; `disabled`: by its own failures. */
export type WebhookState = 'active' | 'paused' | 'disabled' | 'unapproved'

/** `silent`: nothing but failures for so long; `gone`: it answered 410; `missed`: the live stream no longer held what it had not seen. */
export type WebhookReason = 'silent' | 'gone' | 'missed'

export interface WebhookView {
  id: string
  name: string
  url: string
  types: WebhookType[]
  allowPrivate: boolean
  state: WebhookState
  reason: WebhookReason | null
  failingSince: string | null
  lastDeliveredAt: string | null
  oldSecretUntil: string | null
  /** Not delivered yet, and given up. */
  due: number
  failed: number
  createdAt: string
}

const secretPrefix = 'whsec_'
/** Standard Webhooks: 24 to 64 bytes. */
const secretBytes = 32

export function newWebhookSecret(): string {
  return `${secretPrefix}${randomBytes(secretBytes).toString('base64')}`
}

/**
 * `webhook-signature` of the Standard Webhooks specification (v1: HMAC-SHA256 of `id.timestamp.body`, base64), one for each secret, parted by a
 * space, so that a receiver may have either while they change. `timestamp` is in seconds.
 */
export function signWebhook(secrets: readonly string[], message: { id: string; timestamp: number; body: string }): string {
  const signed = `${message.id}.${message.timestamp}.${message.body}`
  return secrets.map((secret) => `v1,${createHmac('sha256', keyOf(secret)).update(signed).digest('base64')}`).join(' ')
}

function keyOf(secret: string): Buffer {
  return Buffer.from(secret.slice(secretPrefix.length), 'base64')
}

const secondMs = 1000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs

/** Waits between attempts as the Standard Webhooks specification suggests; more than three days in all. */
const waitsMs = [5 * secondMs, 5 * minuteMs, 30 * minuteMs, 2 * hourMs, 5 * hourMs, 10 * hourMs, 14 * hourMs, 20 * hourMs, 24 * hourMs]
/** What fails without a break for so long is switched off, with notice. */
const disableAfterMs = 3 * 24 * hourMs

/** How one attempt ended. `status` null: there was no answer. */
export interface AttemptResult {
  status: number | null
  error: string | null
  latencyMs: number
  /** The first kilobyte. */
  answer: string
  /** The receiver asked for a pause. */
  retryAfterMs?: number | undefined
}

export type AfterAttempt = { is: 'delivered' } | { is: 'again'; waitMs: number; webhookWaitMs: number } | { is: 'failed' }

/**
 * What follows an attempt: 2xx delivers, everything else is tried again up to ten times (a redirect is not followed). 429 and 503 hold the whole
 * webhook back. `attempts` counts the one just made; `random` from 0 to 1 spreads the wait by a fifth.
 */
export function afterAttempt(result: AttemptResult, attempts: number, random: number): AfterAttempt {
  if (result.status !== null && result.status >= 200 && result.status < 300) return { is: 'delivered' }
  const wait = waitsMs[attempts - 1]
  if (wait === undefined) return { is: 'failed' }
  const asked = result.status === 429 || result.status === 503 ? Math.min(result.retryAfterMs ?? 30 * secondMs, hourMs) : 0
  return { is: 'again', waitMs: Math.max(wait * (1 + random / 5), asked), webhookWaitMs: asked }
}

/** Whether a webhook is to be switched off after a failed attempt, and why. */
export function disabledBy(result: AttemptResult, failingSince: Date, now: Date): WebhookReason | undefined {
  if (result.status === 410) return 'gone'
  return now.getTime() - failingSince.getTime() >= disableAfterMs ? 'silent' : undefined
}

/** Seconds or a date (RFC 9110 §10.2.3), as milliseconds from `now`. */
export function readRetryAfter(value: string | null, now: Date): number | undefined {
  if (value === null) return undefined
  const ms = /^\d+$/.test(value.trim()) ? Number(value) * secondMs : Date.parse(value) - now.getTime()
  return Number.isFinite(ms) && ms > 0 ? ms : undefined
}
