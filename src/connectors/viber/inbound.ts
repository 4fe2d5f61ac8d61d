import type { z } from 'zod'
import { deliveryKey, type ReceivedDelivery } from '../../core/connector/delivery.ts'
import type { InboundEvent, Receipt } from '../../core/connector/event.ts'
import type { Party } from '../../core/connector/identity.ts'
import { readTime } from '../../core/connector/zoned-time.ts'
import { readMessage } from './inbound-messages.ts'
import { messageEvent, opened, readCallback, type StatusEvent, statusEvent, subscribed, type User, unsubscribed } from './payloads.ts'

type Reader = (value: unknown, key: string) => InboundEvent[]

const readers: Record<string, Reader> = {
  message: reader(messageEvent, (event) => readMessage(event, partyOf(event.sender), occurredAt(event.timestamp))),
  delivered: reader(statusEvent, (event) => readStatus(event, 'delivered')),
  seen: reader(statusEvent, (event) => readStatus(event, 'read')),
  failed: reader(statusEvent, (event) => readStatus(event, 'failed')),
  subscribed: reader(subscribed, ({ user, timestamp }) => [
    { type: 'blocked', key: `subscribed:${user.id}:${timestamp}`, from: partyOf(user), ...occurredAt(timestamp), blocked: false },
  ]),
  unsubscribed: reader(unsubscribed, ({ user_id: id, timestamp }) => [
    { type: 'blocked', key: `unsubscribed:${id}:${timestamp}`, from: partyOf({ id }), ...occurredAt(timestamp), blocked: true },
  ]),
  conversation_started: reader(opened, readOpened),
}

/** One callback to its events; ids of 64 bits are text throughout. */
export function normalise(delivery: ReceivedDelivery): InboundEvent[] {
  const callback = readCallback(delivery.body)
  const key = deliveryKey(delivery)
  if (!callback) return [{ type: 'malformed', key: `malformed:${key}`, reason: 'The body is not a callback of Viber' }]
  const read = Object.hasOwn(readers, callback.event) ? readers[callback.event] : undefined
  return read ? read(callback, key) : [{ type: 'unsupported', key: `event:${key}`, reason: `Events "${callback.event}" are not carried` }]
}

function readStatus({ message_token: externalId, timestamp, desc }: StatusEvent, status: Receipt['status']): InboundEvent[] {
  return [{ type: 'receipt', key: `${status}:${externalId}`, externalId, status, ...occurredAt(timestamp), ...(desc ? { error: desc } : {}) }]
}

/** The chat was opened: worth a touch only when the link by which he came says something. It is no subscription, so nothing can be sent yet. */
function readOpened({ user, context, timestamp, message_token: token }: z.infer<typeof opened>, key: string): InboundEvent[] {
  if (!context) return [{ type: 'unsupported', key: `event:${key}`, ...occurredAt(timestamp), reason: 'A chat was opened, nothing is said yet' }]
  const externalId = `start:${token ?? `${user.id}:${timestamp}`}`
  return [
    {
      type: 'message',
      key: externalId,
      externalId,
      direction: 'inbound',
      from: partyOf(user),
      ...occurredAt(timestamp),
      conversation: { by: 'contact' },
      text: `/start ${context}`,
      source: { campaign: context, extra: { start: context } },
    },
  ]
}

/** Ids are one per bot and person, and hold until he registers anew with another number. */
function partyOf({ id, name, language, avatar }: User): Party {
  return {
    identities: [{ kind: 'viber', value: id, evidence: 'attested' }],
    ...(name && { name }),
    ...(language && { language }),
    ...(avatar && { picture: avatar }),
  }
}

function occurredAt(milliseconds: number): { occurredAt?: string } {
  const at = readTime(String(Math.trunc(milliseconds)), 'UTC')
  return at === undefined ? {} : { occurredAt: at }
}

function reader<Value>(schema: z.ZodType<Value>, read: (value: Value, key: string) => InboundEvent[]): Reader {
  return (value, key) => {
    const parsed = schema.safeParse(value)
    if (parsed.success) return read(parsed.data, key)
    const places = parsed.error.issues.map((issue) => issue.path.join('.') || 'the callback itself').join(', ')
    return [{ type: 'malformed', key: `malformed:${key}`, reason: `Cannot be read: ${places}` }]
  }
}
