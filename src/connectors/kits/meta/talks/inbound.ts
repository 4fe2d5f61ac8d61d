import type { InboundEvent, MessageReceived, Receipt, Source } from '../../../../core/connector/event.ts'
import type { IdentityClaim, Party } from '../../../../core/connector/identity.ts'
import { fingerprint, type Item, malformed, occurred, readWith, unsupported } from '../envelope.ts'
import { readContent } from './content.ts'
import { type Message, type Postback, type Referral, type Talk, talk, unreadPart } from './payloads.ts'

/** Whose talks these are: the kind of their people, and the page or account that is ours. */
export interface Ours {
  kind: 'messenger' | 'instagram'
  id: string
}

/** One element of a batch. What another app of the firm answers (`standby`) is a message all the same. */
export function readTalkItem(item: Item, ours: Ours): InboundEvent[] {
  if (item.is === 'broken') return [malformed(item.value, 'A part of the batch cannot be read')]
  if (item.is === 'change') return [unsupported(item, `Events of the field ${item.field} are not carried`)]
  if (item.entryId !== ours.id) return [unsupported(item, `Addressed to another page or account of the same app: ${item.entryId}`)]
  return readWith(talk, item.value, (read) => readTalk(read, ours))
}

function readTalk(read: Talk, ours: Ours): InboundEvent[] {
  const { message, postback, message_edit: edit, reaction, delivery, read: seen, referral } = read
  if (message) return [readMessage(read, message, ours)]
  if (postback) return [readPostback(read, postback, ours)]
  const at = occurred(read.timestamp, 1)
  const client = partyOf(read.sender.id, ours)
  if (edit) return [{ type: 'message.edited', key: `edit:${edit.mid}:${edit.num_edit}`, ...at, externalId: edit.mid, text: edit.text }]
  if (reaction) {
    const { mid, action } = reaction
    const emoji = action === 'unreact' ? '' : (reaction.emoji ?? reaction.reaction ?? '★')
    return [{ type: 'reaction', key: `reaction:${mid}:${read.sender.id}:${action}:${read.timestamp}`, ...at, externalId: mid, from: client, emoji }]
  }
  // Instagram names the newest message that was seen.
  if (seen?.mid !== undefined) return [{ ...receipt(seen.mid, 'read', at), upTo: true }]
  const marks = [
    ...(delivery?.mids ?? []).map((mid) => receipt(mid, 'delivered', at)),
    ...receiptsUntil(delivery?.watermark, 'delivered', client, at),
    ...receiptsUntil(seen?.watermark, 'read', client, at),
  ]
  if (marks.length > 0) return marks
  if (referral) return [readReferral(read, referral, ours)]
  return [unsupported(read, `Events with ${unreadPart(read)} are not carried`)]
}

function receipt(mid: string, status: 'delivered' | 'read', at: { occurredAt?: string }): Receipt {
  return { type: 'receipt', key: `${status}:${mid}`, ...at, externalId: mid, status }
}

/** Everything that was sent to him until then: https://developers.facebook.com/documentation/business-messaging/messenger-platform/webhooks/message-reads */
function receiptsUntil(
  watermark: string | number | undefined,
  status: 'delivered' | 'read',
  from: Party,
  at: { occurredAt?: string },
): InboundEvent[] {
  const { occurredAt: until } = occurred(watermark, 1)
  if (until === undefined) return []
  return [{ type: 'receipts', key: `${status}:${from.identities[0]?.value ?? ''}:${watermark}`, ...at, from, status, until }]
}

function partyOf(id: string, { kind }: Ours): Party {
  return { identities: [{ kind, value: id, evidence: 'attested' }] }
}

function readMessage(read: Talk, message: Message, ours: Ours): InboundEvent {
  const { mid } = message
  const at = occurred(read.timestamp, 1)
  if (message.is_deleted) return { type: 'message.deleted', key: `delete:${mid}`, ...at, externalId: mid }
  const content = readContent(message)
  const isEmpty = content.text === '' && content.attachments.length === 0
  const isEcho = message.is_echo === true || read.sender.id === ours.id
  const client = partyOf(isEcho ? read.recipient.id : read.sender.id, ours)
  const source = sourceOf(message.referral)
  return {
    type: 'message',
    key: `message:${mid}`,
    externalId: mid,
    ...(isEcho && message.metadata && { sentAs: message.metadata }),
    ...(isEcho ? echoOf(client) : { direction: 'inbound', from: { ...client, identities: [...client.identities, ...sharedBy(message)] } }),
    ...at,
    ourAddress: ours.id,
    conversation: { by: 'contact' },
    // Something that only the vendor's own app can show.
    text: isEmpty ? '[unsupported]' : content.text,
    ...(content.attachments.length > 0 && { attachments: content.attachments }),
    ...(message.reply_to?.mid !== undefined && { replyTo: message.reply_to.mid }),
    ...(source && { source }),
    ...(Object.keys(content.extra).length > 0 && { extra: content.extra }),
  }
}

function echoOf(client: Party): Pick<MessageReceived, 'direction' | 'from' | 'others'> {
  return { direction: 'outbound', from: { identities: [] }, others: [client] }
}

/** A phone or e-mail that the client sent by tapping a quick reply: said by him, proven by nobody. */
function sharedBy({ quick_reply: quick }: Message): IdentityClaim[] {
  const value = quick?.payload.trim() ?? ''
  if (/^\+\d{8,15}$/.test(value)) return [{ kind: 'phone', value, evidence: 'claimed' }]
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value) ? [{ kind: 'email', value, evidence: 'claimed' }] : []
}

/** The client came back by a link or an advertisement: a touch with its source, worth one only when that says something. */
function readReferral(read: Talk, referral: Referral, ours: Ours): InboundEvent {
  const source = sourceOf(referral)
  const told = referral.ref ?? referral.ad_id
  if (!source || !told) return unsupported(read, `The client came by ${[referral.source, referral.type].filter(Boolean).join(' ')}`)
  const id = `start:${fingerprint([read.sender.id, read.timestamp, told])}`
  return {
    type: 'message',
    key: id,
    externalId: id,
    direction: 'inbound',
    from: partyOf(read.sender.id, ours),
    ...occurred(read.timestamp, 1),
    ourAddress: ours.id,
    conversation: { by: 'contact' },
    text: `/start ${told}`,
    source,
  }
}

/** A pressed button; "Get started" is one. */
function readPostback(read: Talk, postback: Postback, ours: Ours): InboundEvent {
  const id = postback.mid ?? `button:${fingerprint([read.sender.id, read.timestamp, postback.payload])}`
  const source = sourceOf(postback.referral)
  return {
    type: 'message',
    key: `message:${id}`,
    externalId: id,
    direction: 'inbound',
    from: partyOf(read.sender.id, ours),
    ...occurred(read.timestamp, 1),
    ourAddress: ours.id,
    conversation: { by: 'contact' },
    text: postback.title || postback.payload,
    ...(source && { source }),
    ...(postback.payload && { extra: { button: postback.payload } }),
  }
}

/** The link or advertisement that brought the client here. */
function sourceOf(referral: Referral | null | undefined): Source | undefined {
  if (!referral) return undefined
  const { ref, source, ad_id: ad, referer_uri: page } = referral
  const extra = Object.entries({ ref, referralSource: source, adId: ad }).filter((pair): pair is [string, string] => Boolean(pair[1]))
  return { ...(ref && { campaign: ref }), ...(page && { page }), ...(extra.length > 0 && { extra: Object.fromEntries(extra) }) }
}
