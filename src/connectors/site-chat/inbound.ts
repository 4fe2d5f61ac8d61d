import { deliveryKey, type ReceivedDelivery } from '../../core/connector/delivery.ts'
import type { InboundAttachment, InboundEvent, MessageReceived, Receipt } from '../../core/connector/event.ts'
import type { Party } from '../../core/connector/identity.ts'
import { type Sender, senderOf } from './address.ts'
import { callbackText } from './callback.ts'
import { sourceOf } from './page-source.ts'
import { partyOf } from './party.ts'
import { type About, type Payload, payload, unknownType } from './payloads.ts'
import { readBody } from './read-body.ts'
import type { Settings } from './settings.ts'

/** What a page sent. The door has checked whose token it bore. */
export async function normalise(delivery: ReceivedDelivery, settings: Settings): Promise<InboundEvent[]> {
  const sender = senderOf(delivery)
  if (!sender) return [{ type: 'malformed', key: deliveryKey(delivery), reason: 'the address names no visitor and no id' }]
  const read = await readBody(delivery)
  const parsed = payload.safeParse(read.payload)
  const key = `${sender.visitor}:${sender.id}`
  if (!parsed.success) {
    const type = unknownType(read.payload)
    const isKnown = payload.options.some((option) => option.shape.type.value === type)
    if (type !== undefined && !isKnown) return [{ type: 'unsupported', key: `unsupported:${key}`, reason: `a page sent "${type}"` }]
    return [{ type: 'malformed', key: `malformed:${key}`, reason: parsed.error.issues[0]?.message ?? 'not readable' }]
  }
  return eventsOf(parsed.data, { sender, key, files: read.files, settings, receivedAt: delivery.receivedAt })
}

interface Context {
  sender: Sender
  key: string
  files: InboundAttachment[]
  settings: Settings
  receivedAt: Date
}

function eventsOf(given: Payload, context: Context): InboundEvent[] {
  switch (given.type) {
    case 'message':
      if (given.text.trim() === '' && context.files.length === 0) {
        return [{ type: 'malformed', key: `malformed:${context.key}`, reason: 'a message without a text or a file' }]
      }
      return [message(given, context, { text: given.text, extra: {} })]
    case 'callback': {
      const extra = { callback: given.phone, ...(given.at && { callbackAt: new Date(given.at).toISOString() }) }
      const profile = { ...given.profile, phone: given.phone }
      return [message({ ...given, profile }, context, { text: callbackText(given), extra })]
    }
    case 'receipts':
      return [...receiptsOf('delivered', given.delivered), ...receiptsOf('read', given.read)]
    case 'identify': {
      const { visitor } = context.sender
      const party = partyOf(given, visitor, context)
      const learned = party.identities.filter(({ kind }) => kind !== 'visitor')
      return [
        {
          type: 'identity',
          key: `identify:${context.key}`,
          from: { ...party, identities: [{ kind: 'visitor', value: visitor, evidence: 'attested' }] },
          learned,
        },
      ]
    }
  }
}

/** No time of the page's own: its clock is anybody's, and what waited for a connection is said when it is heard. */
function message(
  about: About,
  { sender, key, files, settings, receivedAt }: Context,
  said: { text: string; extra: Record<string, string> },
): MessageReceived {
  const from: Party = partyOf(about, sender.visitor, { settings, receivedAt })
  const source = sourceOf(about)
  const extra = {
    ...said.extra,
    ...(about.title && { pageTitle: about.title }),
    ...(about.consent && { consent: about.consent }),
    ...(about.isOffline && { leftWhileAway: 'yes' }),
  }
  return {
    type: 'message',
    key: `message:${key}`,
    externalId: key,
    direction: 'inbound',
    from,
    // By the visitor and never by the card: see README, "whose history".
    conversation: { by: 'thread', id: sender.visitor },
    text: said.text.replaceAll('\u0000', ''),
    ...(files.length > 0 && { attachments: files }),
    ...(source && { source }),
    ...(Object.keys(extra).length > 0 && { extra }),
  }
}

/** One of a kind for a message, however often the page says it. */
function receiptsOf(status: 'delivered' | 'read', ids: string[]): Receipt[] {
  return [...new Set(ids)].map((id) => ({ type: 'receipt', key: `${status}:${id}`, externalId: id, status }))
}
