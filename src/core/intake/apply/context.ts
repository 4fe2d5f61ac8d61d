import type { Reading } from '../read-events.ts'
import type { EventKeys, FirmContext } from './keys.ts'
import type { Known } from './known.ts'
import type { EventStatus, Outcome, Plan } from './plan.ts'

/** What planning one event sees. */
export interface EventContext {
  known: Known
  plan: Plan
  firm: FirmContext
  reading: Reading
  keys: EventKeys
  /** Conversations named by our own reply tokens, verified. */
  tokens: string[]
  position: number
  /** Released from quarantine, or replayed: what looks like spam is applied all the same. */
  isTrusted: boolean
}

/** Two minutes fast is a clock, an hour fast is a fault: the vendor's time counts up to five minutes past arrival. */
const clampMs = 5 * 60_000

/** The vendor's time as it said, and clamped for the order of the timeline. */
export function timesOf(context: EventContext, occurredAt: string | undefined): { occurredAt: Date; receivedAt: Date; sortAt: Date } {
  const receivedAt = context.reading.delivery.receivedAt
  const said = occurredAt === undefined ? receivedAt : new Date(occurredAt)
  const year = said.getUTCFullYear()
  const isSensible = Number.isFinite(said.getTime()) && year >= 1970 && year < 10_000
  const occurred = isSensible ? said : receivedAt
  return { occurredAt: occurred, receivedAt, sortAt: new Date(Math.min(occurred.getTime(), receivedAt.getTime() + clampMs)) }
}

/** Notes what became of an event; the row may still change while the batch is planned. */
export function settle(
  context: EventContext,
  key: string,
  kind: string,
  status: EventStatus,
  reason: string | null = null,
  entryId: string | null = null,
): void {
  context.plan.outcomes.push(outcomeOf(context, key, kind, status, reason, entryId))
}

export function outcomeOf(
  context: EventContext,
  key: string,
  kind: string,
  status: EventStatus,
  reason: string | null,
  entryId: string | null,
): Outcome {
  const { reading, position } = context
  return { channelId: reading.channel.id, deliveryId: reading.delivery.id, key, kind, position, status, reason, entryId }
}
