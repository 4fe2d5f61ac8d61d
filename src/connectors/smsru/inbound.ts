import { deliveryKey, type ReceivedDelivery } from '../../core/connector/delivery.ts'
import type { InboundEvent, Receipt } from '../../core/connector/event.ts'
import { readTime } from '../../core/connector/zoned-time.ts'
import { wordsOf } from './codes.ts'
import { entriesOf } from './webhook.ts'

/** Up to a hundred entries at once, each a few lines of text. */
export function normalise(delivery: ReceivedDelivery): InboundEvent[] {
  const key = deliveryKey(delivery)
  const entries = entriesOf(delivery)
  if (entries.length === 0) return [{ type: 'malformed', key, reason: 'There is no field data' }]
  const events = entries.flatMap((entry, index) => eventsOf(entry, `${key}:${index}`))
  return [...new Map(events.map((event) => [event.key, event])).values()]
}

function eventsOf(entry: string, key: string): InboundEvent[] {
  const [kind, id, code, at] = entry.split('\n').map((line) => line.trim())
  if (kind === 'test') return []
  if (kind !== 'sms_status') return [{ type: 'unsupported', key, reason: `SMS.ru: ${(kind || 'nothing').slice(0, 60)}` }]
  if (!id || id.length > 100 || !code || !/^-?\d{1,4}$/.test(code)) return [{ type: 'malformed', key, reason: 'A status without its id or its code' }]
  const status = statusOf(Number(code))
  if (status === undefined) return [{ type: 'unsupported', key: `status:${id}:${code}`, reason: `SMS.ru status ${code}` }]
  const occurredAt = readTime(at ?? '', 'UTC')
  const receipt: Receipt = {
    type: 'receipt',
    key: `status:${id}:${code}`,
    externalId: id,
    status,
    ...(occurredAt && { occurredAt }),
    ...(status === 'failed' && { error: wordsOf(Number(code)).en, words: wordsOf(Number(code)) }),
  }
  return [receipt]
}

/** sms.ru/api/status: 100 to 102 are stations of the way, 103 and 110 its end, the rest went wrong. */
function statusOf(code: number): Receipt['status'] | undefined {
  if (code >= 100 && code <= 102) return 'sent'
  if (code === 103) return 'delivered'
  if (code === 110) return 'read'
  return (code >= 104 && code <= 108) || code === 150 || (code >= 200 && code < 400) ? 'failed' : undefined
}
