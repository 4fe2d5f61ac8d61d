import { callerOf } from '../../core/connector/caller.ts'
import { deliveryKey, type ReceivedDelivery } from '../../core/connector/delivery.ts'
import type { InboundEvent, MessageReceived, Receipt } from '../../core/connector/event.ts'
import { readTime } from '../../core/connector/zoned-time.ts'
import { receiptOf } from './codes.ts'
import { answerRow, messageRow } from './payloads.ts'
import type { Settings } from './settings.ts'
import { readFields } from './webhook.ts'

/** Under these paths what was asked for is kept as deliveries. */
export const answersPath = '/get.php/answers'
export const messagesPath = '/get.php/messages'

type RowReader = (row: unknown, settings: Settings) => InboundEvent | undefined

/** A list that was asked for, or one message of SMSC to its handler. */
export function normalise(delivery: ReceivedDelivery, settings: Settings): InboundEvent[] {
  if (delivery.path === answersPath) return eventsOfList(delivery, settings, readAnswer)
  if (delivery.path === messagesPath) return eventsOfList(delivery, settings, readMessage)
  const fields = readFields(delivery)
  const key = deliveryKey(delivery)
  if (fields.has('mes')) return [pushedMessage(fields, settings) ?? { type: 'malformed', key, reason: 'A message without its phone' }]
  if (!fields.has('status')) return [{ type: 'unsupported', key, reason: 'Neither a status nor a message' }]
  const read = messageRow.safeParse({ ...Object.fromEntries(fields), last_date: fields.get('time') })
  if (!read.success || read.data.id === '') return [{ type: 'malformed', key, reason: 'A status without its fields' }]
  return [receiptEvent(read.data, settings)]
}

function eventsOfList(delivery: ReceivedDelivery, settings: Settings, read: RowReader): InboundEvent[] {
  const key = deliveryKey(delivery)
  const rows = parse(delivery.body)
  if (!Array.isArray(rows)) return [{ type: 'malformed', key, reason: 'What was asked for is no list' }]
  const events = rows.map(
    (row, index): InboundEvent => read(row, settings) ?? { type: 'malformed', key: `${key}:${index}`, reason: 'A row without its fields' },
  )
  return [...new Map(events.map((event) => [event.key, event])).values()]
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'))
  } catch {
    return undefined
  }
}

function readAnswer(row: unknown, settings: Settings): InboundEvent | undefined {
  const { data } = answerRow.safeParse(row)
  if (!data || data.id === '' || data.id.length > 100) return undefined
  return messageOf({ id: data.id, phone: data.phone, text: data.message, to: data.to_phone, at: data.received ?? data.sent }, settings)
}

function readMessage(row: unknown, settings: Settings): InboundEvent | undefined {
  const { data } = messageRow.safeParse(row)
  return data && data.id !== '' ? receiptEvent(data, settings) : undefined
}

/** `id` is the same that the list of answers has; without it the words, the sender and the time are the message. */
function pushedMessage(fields: ReadonlyMap<string, string>, settings: Settings): InboundEvent | undefined {
  const phone = fields.get('phone')
  if (!phone) return undefined
  const [text, to, at] = [fields.get('mes') ?? '', fields.get('to'), fields.get('time')]
  const id = fields.get('id') || fields.get('sms_id') || `${phone}:${at ?? ''}:${text}`.slice(0, 100)
  return messageOf({ id, phone, text, to, at }, settings)
}

interface Written {
  id: string
  phone: string
  text: string
  to: string | undefined
  at: string | undefined
}

function messageOf({ id, phone, text, to, at }: Written, settings: Settings): MessageReceived {
  const occurredAt = readTime(at ?? '', settings.timeZone)
  const isWord = !/^\+?\d+$/.test(phone)
  return {
    type: 'message',
    key: `message:${id.slice(0, 200)}`,
    direction: 'inbound',
    externalId: `in:${id.slice(0, 200)}`,
    from: callerOf(phone, { isInternational: true, ...(isWord && { name: phone }) }),
    conversation: { by: 'contact' },
    text,
    ...(occurredAt && { occurredAt }),
    ...(to && { ourAddress: /^\d{10,15}$/.test(to) ? `+${to}` : to }),
  }
}

function receiptEvent({ id, status, err, last_date }: ReturnType<typeof messageRow.parse>, settings: Settings): InboundEvent {
  const key = `status:${id.slice(0, 200)}:${status}`
  const receipt = receiptOf(status, err)
  if (!receipt) return { type: 'unsupported', key, reason: `SMSC status ${status}` }
  const occurredAt = readTime(last_date ?? '', settings.timeZone)
  const event: Receipt = { type: 'receipt', key, externalId: id.slice(0, 200), ...receipt, ...(occurredAt && { occurredAt }) }
  return event
}
