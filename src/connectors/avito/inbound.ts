import { deliveryKey, type ReceivedDelivery } from '../../core/connector/delivery.ts'
import type { InboundEvent, Source } from '../../core/connector/event.ts'
import type { Party } from '../../core/connector/identity.ts'
import { readTime } from '../../core/connector/zoned-time.ts'
import { largest, readContent } from './content.ts'
import { writeMessageId } from './ids.ts'
import { type Ad, envelope, type Found, found, listed, type Person, readBody, type Value, value } from './payloads.ts'

/** A webhook's message, or what the session found in a chat: the same message has the same key either way. */
export function normalise(delivery: ReceivedDelivery): InboundEvent[] {
  const body = readBody(delivery.body)
  const key = deliveryKey(delivery)
  const seen = delivery.method === 'POLL' ? found.safeParse(body).data : undefined
  if (seen) return readFound(seen)
  const told = envelope.safeParse(body).data
  if (!told) return [{ type: 'malformed', key: `malformed:${key}`, reason: 'The body is not an event of Avito' }]
  if (told.payload.type !== 'message') return [{ type: 'unsupported', key: `event:${key}`, reason: `Events "${told.payload.type}" are not carried` }]
  const message = value.safeParse(told.payload.value)
  if (message.success) return readMessage(message.data, {})
  const places = message.error.issues.map((issue) => issue.path.join('.') || 'the message itself').join(', ')
  return [{ type: 'malformed', key: `malformed:${key}`, reason: `Cannot be read: ${places}` }]
}

interface Around {
  client?: Person | undefined
  source?: Source | undefined
}

/** All messages, then the name of whoever wrote them: the messages may be known already, without a name. */
function readFound({ account_id: accountId, chat, messages }: Found): InboundEvent[] {
  const client = chat.users.find(({ id }) => id !== accountId)
  const around: Around = { client, source: sourceOf(chat.context?.value) }
  const events = messages.flatMap((one, index): InboundEvent[] => {
    const message = listed.safeParse(one).data
    if (!message) return [{ type: 'malformed', key: `malformed:${chat.id}:${index}`, reason: 'A message of the list cannot be read' }]
    return readMessage({ ...message, chat_id: chat.id, user_id: accountId }, around)
  })
  const unique = [...new Map(events.map((event) => [event.key, event])).values()]
  const hasWritten = unique.some((event) => event.type === 'message' && event.direction === 'inbound')
  if (!hasWritten || !client?.name) return unique
  return [...unique, { type: 'identity', key: `name:${client.id}:${client.name}`, from: partyOf(client.id, client), learned: [] }]
}

function readMessage(message: Value, { client, source = sourceOf({ id: message.item_id }) }: Around): InboundEvent[] {
  const { chat_id: chatId, user_id: accountId, author_id: authorId } = message
  const externalId = writeMessageId({ accountId, chatId, messageId: message.id })
  const time = occurredAt(message.created)
  if (message.type === 'deleted') return [{ type: 'message.deleted', key: `delete:${externalId}`, externalId, ...time }]
  const unsupported = (reason: string): InboundEvent[] => [{ type: 'unsupported', key: `unsupported:${externalId}`, ...time, reason }]
  if (message.type === 'system' || Number(authorId) <= 1) return unsupported('A message of Avito itself')
  const content = readContent(message)
  if (!content) return unsupported(`Avito does not give programs the content of messages of the type ${message.type}`)
  const isOurs = authorId === accountId
  return [
    {
      type: 'message',
      key: `message:${externalId}`,
      externalId,
      direction: isOurs ? 'outbound' : 'inbound',
      // An echo names only the chat, which finds its conversation.
      from: isOurs ? { identities: [] } : partyOf(authorId, client),
      ...time,
      conversation: { by: 'thread', id: chatId },
      text: content.text,
      ...(content.attachments.length > 0 ? { attachments: content.attachments } : {}),
      ...(source && !isOurs ? { source } : {}),
      ...(Object.keys(content.extra).length > 0 ? { extra: content.extra } : {}),
    },
  ]
}

/** The ad that the client writes about. */
function sourceOf(ad: Ad | null | undefined): Source | undefined {
  const told = Object.entries({ item_id: ad?.id, title: ad?.title, price: ad?.price_string })
  const extra = Object.fromEntries(told.filter((pair): pair is [string, string] => Boolean(pair[1])))
  if (!ad?.url && Object.keys(extra).length === 0) return undefined
  return { ...(ad?.url ? { page: ad.url } : {}), ...(Object.keys(extra).length > 0 ? { extra } : {}) }
}

function partyOf(userId: string, { name, public_user_profile: shown }: Partial<Person> = {}): Party {
  const picture = largest(shown?.avatar?.images ?? {}) ?? shown?.avatar?.default
  return { identities: [{ kind: 'avito', value: userId, evidence: 'attested' }], ...(name && { name }), ...(picture && { picture }) }
}

function occurredAt(seconds: number): { occurredAt?: string } {
  const at = readTime(String(Math.trunc(seconds)), 'UTC')
  return at === undefined ? {} : { occurredAt: at }
}
