import { callerOf } from '../../core/connector/caller.ts'
import { deliveryKey, type ReceivedDelivery } from '../../core/connector/delivery.ts'
import type { InboundAttachment, InboundEvent, MessageReceived, Receipt } from '../../core/connector/event.ts'
import type { Party } from '../../core/connector/identity.ts'
import { wordsOfCode } from '../kits/twilio/failures.ts'
import { readForm } from '../kits/twilio/signature.ts'
import { isWhatsapp, nameOf, numberOf } from './ids.ts'

const mostMedia = 10
const statuses: Record<string, Receipt['status'] | 'on the way'> = {
  accepted: 'on the way',
  scheduled: 'on the way',
  queued: 'on the way',
  sending: 'on the way',
  sent: 'sent',
  partially_delivered: 'sent',
  delivered: 'delivered',
  read: 'read',
  undelivered: 'failed',
  failed: 'failed',
  canceled: 'failed',
}

/** What clients wrote and what became of our messages come to one address; a callback is what has `MessageStatus`. */
export function normalise(delivery: ReceivedDelivery): InboundEvent[] {
  const unsupported = (reason: string): InboundEvent[] => [{ type: 'unsupported', key: deliveryKey(delivery), reason }]
  if ((delivery.headers['content-type'] ?? '').includes('json')) return unsupported('An event in JSON, not a message')
  const form = readForm(delivery)
  const sid = form.get('MessageSid') ?? form.get('SmsSid') ?? ''
  if (sid === '' && form.get('EventType')) return unsupported(`Twilio event ${form.get('EventType')}`)
  const [from, to] = [form.get('From') ?? '', form.get('To') ?? '']
  if (!/^\w{1,100}$/.test(sid)) return [{ type: 'malformed', key: deliveryKey(delivery), reason: 'A message without its MessageSid' }]
  const status = form.get('MessageStatus')
  if (status !== null && status !== 'received' && status !== 'receiving') return eventsOfStatus(form, { sid, status, to, unsupported })
  if (from === '') return [{ type: 'malformed', key: deliveryKey(delivery), reason: 'A message without its sender' }]
  return [eventOfMessage(form, { sid, from, to }), ...choiceOf(form, sid, from)]
}

function eventOfMessage(form: URLSearchParams, { sid, from, to }: { sid: string; from: string; to: string }): MessageReceived {
  const viaWhatsapp = isWhatsapp(from)
  const replyTo = form.get('OriginalRepliedMessageSid')
  const source = sourceOf(form)
  const extra = extraOf(form)
  const attachments = mediaOf(form)
  return {
    type: 'message',
    key: `message:${sid}`,
    direction: 'inbound',
    externalId: nameOf(sid, viaWhatsapp),
    from: senderOf(from, form.get('ProfileName') ?? undefined),
    // Twilio keeps WhatsApp and SMS of one number apart, and so must the answer.
    conversation: viaWhatsapp ? { by: 'thread', id: from } : { by: 'contact' },
    medium: viaWhatsapp ? 'chat' : 'sms',
    text: form.get('Body') || placeOf(form),
    ...(to && { ourAddress: numberOf(to) }),
    ...(attachments.length > 0 && { attachments }),
    ...(replyTo && { replyTo: nameOf(replyTo, viaWhatsapp) }),
    ...(source && { source }),
    ...(Object.keys(extra).length > 0 && { extra }),
  }
}

/** A number writes; a short code or a name cannot be answered and is nobody's identity. The number behind WhatsApp is the client's phone. */
function senderOf(from: string, profile: string | undefined): Party {
  const party = callerOf(numberOf(from), { name: profile })
  const [phone] = party.identities
  if (phone === undefined) return { name: profile ?? from, identities: [] }
  if (!isWhatsapp(from)) return party
  return { ...party, identities: [{ kind: 'whatsapp', value: phone.value.replace(/^\+/, ''), evidence: 'attested' }, phone] }
}

function mediaOf(form: URLSearchParams): InboundAttachment[] {
  const count = Math.min(Number(form.get('NumMedia')) || 0, mostMedia)
  return Array.from({ length: count }, (_, index) => index).flatMap((index) => {
    const ref = form.get(`MediaUrl${index}`)
    const type = form.get(`MediaContentType${index}`) || 'application/octet-stream'
    if (!ref || !/^https?:\/\//.test(ref)) return []
    return [{ name: `${index + 1}.${/\/([\w-]+)/.exec(type)?.[1] ?? 'bin'}`, type, ref }]
  })
}

function placeOf(form: URLSearchParams): string {
  const at = [form.get('Latitude'), form.get('Longitude')].filter(Boolean).join(', ')
  return [form.get('Label'), form.get('Address'), at].filter(Boolean).join('\n')
}

const extras = { ButtonText: 'button', ButtonPayload: 'payload', Latitude: 'latitude', Longitude: 'longitude', Forwarded: 'forwarded' }

function extraOf(form: URLSearchParams): Record<string, string> {
  return Object.fromEntries(Object.entries(extras).flatMap(([name, as]) => (form.get(name) ? [[as, form.get(name) ?? '']] : [])))
}

/** An advertisement that opens WhatsApp says where the client comes from. */
function sourceOf(form: URLSearchParams): MessageReceived['source'] {
  const page = form.get('ReferralSourceUrl')
  const campaign = form.get('ReferralHeadline')
  if (!page && !campaign) return undefined
  return { ...(page && { page }), ...(campaign && { campaign }) }
}

/** With Advanced Opt-Out Twilio itself stops or starts writing to him, whatever word he used. */
function choiceOf(form: URLSearchParams, sid: string, from: string): InboundEvent[] {
  const choice = form.get('OptOutType')
  if (choice !== 'STOP' && choice !== 'START') return []
  return [{ type: 'blocked', key: `choice:${sid}`, from: senderOf(from, undefined), blocked: choice === 'STOP' }]
}

const cancelled = { en: 'The message was cancelled at Twilio', ru: 'Сообщение отменено в Twilio' }

interface StatusOf {
  sid: string
  status: string
  to: string
  unsupported(reason: string): InboundEvent[]
}

/** Order of arrival does not matter: core never lets a receipt go backwards. */
function eventsOfStatus(form: URLSearchParams, { sid, status, to, unsupported }: StatusOf): InboundEvent[] {
  const known = statuses[status.toLowerCase()]
  if (known === undefined) return unsupported(`Status ${status.slice(0, 50)} of a message`)
  if (known === 'on the way') return []
  const code = form.get('ErrorCode')
  const words = status === 'canceled' ? cancelled : wordsOfCode(code)
  const receipt: Receipt = {
    type: 'receipt',
    key: `status:${sid}:${status.toLowerCase()}`,
    externalId: nameOf(sid, isWhatsapp(to)),
    status: known,
    ...(known === 'failed' && words !== undefined && { error: words.en, words }),
  }
  const hasLeft = known === 'failed' && code === '21610'
  return hasLeft ? [receipt, { type: 'blocked', key: `choice:${sid}`, from: senderOf(to, undefined), blocked: true }] : [receipt]
}
