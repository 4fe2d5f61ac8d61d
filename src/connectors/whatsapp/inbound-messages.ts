import type { InboundEvent, MessageReceived, Source } from '../../core/connector/event.ts'
import type { Party } from '../../core/connector/identity.ts'
import { malformed, occurred, unsupported } from '../kits/meta/envelope.ts'
import { phonesOf, type Readable, readContent } from './content.ts'
import { type ClientIds, contactOf, identitiesOf, partyOf } from './party.ts'
import type { Contact, Message } from './payloads.ts'

/** Whose words: a client's, or our own from the WhatsApp Business app. `isOld`: history fetched on set-up. */
export interface Exchange {
  contacts: Contact[]
  ourAddress: string
  direction: MessageReceived['direction']
  isOld?: boolean
}

/** One element of `messages`, `message_echoes` or of a thread of `history`. */
export function readMessage(message: Message, exchange: Exchange): InboundEvent[] {
  const { id, type } = message
  if (message.group_id !== undefined) return [unsupported(id, 'Groups are not carried')]
  const client = clientOf(message, exchange)
  if (client.identities.length === 0) return [malformed(message, 'Neither a number nor a user id')]
  if (type === 'reaction') return readReaction(message, exchange, client)
  if (type === 'edit' || type === 'revoke') return readChange(message)
  if (type === 'system') return readSystem(message, client)
  const content = readContent(message)
  if (content === 'unknown') return [unsupported(id, `WhatsApp messages of the type ${type} are not carried`)]
  return content ? [received(message, exchange, client, content)] : [malformed(message, `Cannot be read: ${type}`)]
}

function idsOf(message: Message, { direction }: Exchange): ClientIds {
  return direction === 'inbound' ? { userId: message.from_user_id, phone: message.from } : { userId: message.to_user_id, phone: message.to }
}

/** A number that its owner gave when we asked for it is proven; the card of somebody else is only text. */
function clientOf(message: Message, exchange: Exchange): Party {
  const told = idsOf(message, exchange)
  const contact = contactOf(told, exchange.contacts)
  const party = partyOf({ userId: told.userId ?? contact?.user_id, phone: told.phone ?? contact?.wa_id }, contact)
  const isAsked = message.origin === 'contact_request' || message.contacts?.some(({ origin }) => origin === 'contact_request')
  const [own] = isAsked ? (message.contacts ?? []).flatMap(phonesOf) : []
  const isNew = own !== undefined && party.identities.every(({ value }) => value !== own)
  return isNew ? { ...party, identities: [...party.identities, { kind: 'phone', value: own, evidence: 'attested' }] } : party
}

function received(message: Message, exchange: Exchange, client: Party, content: Readable): MessageReceived {
  const { direction, ourAddress, isOld } = exchange
  const isInbound = direction === 'inbound'
  const { forwarded, frequently_forwarded: often, referred_product: product } = message.context ?? {}
  const extra = {
    ...content.extra,
    ...((forwarded || often) && { forwarded: 'true' }),
    ...(product?.product_retailer_id && { product: product.product_retailer_id }),
  }
  const source = sourceOf(message.referral)
  return {
    type: 'message',
    key: `message:${message.id}`,
    externalId: message.id,
    direction,
    from: isInbound ? client : { identities: [{ kind: 'phone', value: ourAddress, evidence: 'attested' }] },
    ...(!isInbound && { others: [phoneFirst(client)] }),
    ...occurred(message.timestamp, 1000),
    ourAddress,
    conversation: { by: 'contact' },
    text: content.text,
    ...(content.attachments.length > 0 && { attachments: content.attachments }),
    ...(message.context?.id !== undefined && { replyTo: message.context.id }),
    ...(source && { source }),
    ...(isOld && { backfill: true }),
    ...(Object.keys(extra).length > 0 && { extra }),
  }
}

/** Whom we wrote to is known by one identity: most cards have a number, and few the id that only WhatsApp gives. */
function phoneFirst(party: Party): Party {
  const [phones, others] = [party.identities.filter(({ kind }) => kind === 'phone'), party.identities.filter(({ kind }) => kind !== 'phone')]
  return { ...party, identities: [...phones, ...others] }
}

/** The advertisement or post that brought the client here. */
function sourceOf(referral: Message['referral']): Source | undefined {
  if (!referral) return undefined
  const { source_url: page, headline, ctwa_clid: click, source_type: type, source_id: id, body } = referral
  const extra = Object.entries({ sourceType: type, sourceId: id, adText: body }).filter((pair): pair is [string, string] => Boolean(pair[1]))
  return {
    ...(page && { page }),
    ...(headline && { campaign: headline }),
    ...(click && { clickIds: { ctwa_clid: click } }),
    ...(extra.length > 0 && { extra: Object.fromEntries(extra) }),
  }
}

function readReaction(message: Message, { direction }: Exchange, client: Party): InboundEvent[] {
  const { reaction, id } = message
  if (!reaction) return [malformed(message, 'Cannot be read: reaction')]
  const from = direction === 'inbound' ? client : { identities: [] }
  // Without an emoji it was taken back.
  return [
    {
      type: 'reaction',
      key: `reaction:${id}`,
      ...occurred(message.timestamp, 1000),
      externalId: reaction.message_id,
      from,
      emoji: reaction.emoji ?? '',
    },
  ]
}

/** An edit or a deletion, ours in the WhatsApp Business app or the client's. */
function readChange(message: Message): InboundEvent[] {
  const { id, edit, revoke } = message
  const at = occurred(message.timestamp, 1000)
  if (revoke) return [{ type: 'message.deleted', key: `delete:${id}`, ...at, externalId: revoke.original_message_id }]
  const content = edit && readContent(edit.message)
  if (!content || content === 'unknown') return [malformed(message, `Cannot be read: ${message.type}`)]
  return [{ type: 'message.edited', key: `edit:${id}`, ...at, externalId: edit.original_message_id, text: content.text }]
}

/** A client moved to another number, or his business-scoped id changed with it. */
function readSystem(message: Message, client: Party): InboundEvent[] {
  const { system, id } = message
  if (!system) return [malformed(message, 'Cannot be read: system')]
  const known: Party = system.previous_user_id === undefined ? client : { ...client, identities: identitiesOf({ userId: system.previous_user_id }) }
  const learned = identitiesOf({ userId: system.user_id, phone: system.wa_id })
  if (learned.length === 0) return [unsupported(id, `WhatsApp notices of the type ${system.type} are not carried`)]
  return [{ type: 'identity', key: `identity:${id}`, ...occurred(message.timestamp, 1000), from: known, learned }]
}
