import type { ReceivedDelivery } from '../../core/connector/delivery.ts'
import type { InboundEvent } from '../../core/connector/event.ts'
import { eachOnce, type Item, malformed, readItems, readWith, unsupported } from '../kits/meta/envelope.ts'
import { graphError, wordsOf } from '../kits/meta/failures.ts'
import { type Exchange, readMessage } from './inbound-messages.ts'
import { readCall, readStatus } from './inbound-signs.ts'
import { type ChangeValue, call, changeValue, historyPart, message, status } from './payloads.ts'
import type { Settings } from './settings.ts'

const carried = new Set(['messages', 'calls', 'smb_message_echoes', 'message_echoes', 'history'])

/** A batch to its events, each item by itself: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview */
export function normalise(delivery: ReceivedDelivery, settings: Settings): InboundEvent[] {
  const items = readItems(delivery.body, 'whatsapp_business_account')
  if (!items) return [malformed(Buffer.from(delivery.body).toString('base64'), 'The body is no event of WhatsApp')]
  return eachOnce(items.flatMap((item) => readItem(item, settings)))
}

function readItem(item: Item, settings: Settings): InboundEvent[] {
  if (item.is !== 'change') return [malformed(item.value, 'A part of the batch cannot be read')]
  if (!carried.has(item.field)) return [unsupported(item, reasonOf(item.field, item.value))]
  return readWith(changeValue, item.value, (value) => {
    const { phone_number_id: id, display_phone_number: number } = value.metadata
    if (id === settings.phoneNumberId) return readChange(value)
    return [unsupported(item, `Addressed to another number of the same app: ${number || id}. Give it a channel of its own`)]
  })
}

/** Templates, quality and the like: shown in the delivery log with the word that matters. */
function reasonOf(field: string, value: unknown): string {
  const told = typeof value === 'object' && value !== null ? Object.entries(value) : []
  const words = told.flatMap(([name, one]) => (/event|name|reason|quality|limit/.test(name) && typeof one === 'string' ? one : []))
  return [`WhatsApp tells of ${field}`, ...words].join(': ').slice(0, 300)
}

function readChange(value: ChangeValue): InboundEvent[] {
  const ourAddress = `+${value.metadata.display_phone_number.replaceAll(/\D/g, '')}`
  const { contacts } = value
  const inbound: Exchange = { contacts, ourAddress, direction: 'inbound' }
  const outbound: Exchange = { contacts, ourAddress, direction: 'outbound' }
  const read = (exchange: Exchange) => (one: unknown) => readWith(message, one, (each) => readMessage(each, exchange))
  return [
    ...value.messages.flatMap(read(inbound)),
    ...value.message_echoes.flatMap(read(outbound)),
    ...value.statuses.flatMap((one) => readWith(status, one, readStatus)),
    ...value.calls.flatMap((one) => readWith(call, one, (each) => readCall(each, { contacts, ourAddress }))),
    ...value.history.flatMap((part) => readHistory(part, { ...inbound, isOld: true })),
    ...value.errors.flatMap((one) => readWith(graphError, one, (error) => [unsupported(one, wordsOf(error).en)])),
  ]
}

/** Threads are named by the client's number, so whatever else wrote there is us. */
function readHistory(part: unknown, exchange: Exchange): InboundEvent[] {
  return readWith(historyPart, part, ({ threads }) =>
    threads.flatMap(({ id, messages }) =>
      messages.flatMap((one) =>
        readWith(message, one, (old) => {
          const isClients = old.from === id || old.from_user_id === id
          const named = isClients ? { ...old, from: id } : { ...old, to: old.to ?? id }
          return readMessage(named, { ...exchange, direction: isClients ? 'inbound' : 'outbound' })
        }),
      ),
    ),
  )
}
