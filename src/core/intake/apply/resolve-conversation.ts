import type { ConversationHint } from '../../connector/event.ts'
import { newId } from '../../database/id.ts'
import type { EventContext } from './context.ts'
import type { KnownConversation } from './known.ts'
import { threadKey } from './thread-key.ts'

interface Wanted {
  hint: ConversationHint
  contactId: string
  entryId: string
  subject: string | undefined
  ourAddress: string | undefined
  /** Whose the exchange is that begins here; absent: the channel's. */
  teamId?: string | null | undefined
  at: Date
  medium: string
}

/**
 * Finds the conversation of an entry, or opens one. Letters are joined by our own token first, then by the nearest known reference, then by
 * the letter that began the exchange; and only when the sender takes part in it: a copied Message-ID brings no stranger in.
 */
export function resolveConversation(context: EventContext, wanted: Wanted): KnownConversation {
  const { hint } = wanted
  if (hint.by === 'references') {
    const joined = conversationByReferences(context, hint.references, wanted.contactId)
    if (joined) return joined
    const root = hint.references.at(-1) ?? context.keys.threadRoot ?? wanted.entryId
    return (
      joinOrOpen(context, threadKey(root), wanted) ??
      joinOrOpen(context, threadKey(root, wanted.contactId), wanted) ??
      open(context, `entry:${wanted.entryId}`, wanted)
    )
  }
  if (hint.by === 'event') return open(context, `entry:${wanted.entryId}`, wanted)
  const key = hint.by === 'contact' ? `contact:${wanted.contactId}` : threadKey(hint.id)
  return context.known.conversationOf(context.reading.channel.id, key) ?? open(context, key, wanted)
}

/** The conversation that tokens, references or the vendor name, whoever wrote: for bounces, which come from machines, and echoes that name no client. */
export function conversationNamedBy(context: EventContext, hint: ConversationHint): KnownConversation | undefined {
  if (hint.by === 'thread') return context.known.conversationOf(context.reading.channel.id, threadKey(hint.id))
  if (hint.by !== 'references') return undefined
  for (const token of context.tokens) {
    const conversation = context.known.conversations.get(token)
    if (conversation?.channelId === context.reading.channel.id) return conversation
  }
  for (const reference of hint.references) {
    const id = context.known.externalIds.get(`${context.reading.channel.id} ${reference}`)?.conversationId
    const conversation = id ? context.known.conversations.get(id) : undefined
    if (conversation) return conversation
  }
  return undefined
}

function conversationByReferences(context: EventContext, references: string[], contactId: string): KnownConversation | undefined {
  const named = [
    ...context.tokens,
    ...references.flatMap((reference) => context.known.externalIds.get(`${context.reading.channel.id} ${reference}`)?.conversationId ?? []),
  ]
  for (const id of named) {
    const conversation = context.known.conversations.get(id)
    if (conversation?.channelId === context.reading.channel.id && takesPart(context, conversation, contactId)) return conversation
  }
  return undefined
}

function joinOrOpen(context: EventContext, key: string, wanted: Wanted): KnownConversation | undefined {
  const conversation = context.known.conversationOf(context.reading.channel.id, key)
  if (!conversation) return open(context, key, wanted)
  return takesPart(context, conversation, wanted.contactId) ? conversation : undefined
}

function takesPart(context: EventContext, conversation: KnownConversation, contactId: string): boolean {
  if (conversation.contactId === contactId) return true
  return context.keys.client.some((identity) => {
    const id = context.known.identities.get(identity.key)?.id
    return id !== undefined && context.known.participants.has(`${conversation.id} ${id}`)
  })
}

function open(context: EventContext, key: string, wanted: Wanted): KnownConversation {
  const { channel } = context.reading
  const conversation: KnownConversation = {
    id: newId(),
    contactId: wanted.contactId,
    channelId: channel.id,
    threadKey: key,
    state: 'open',
    waitingSince: null,
  }
  context.known.addConversation(conversation)
  context.plan.conversations.push({
    id: conversation.id,
    contact_id: wanted.contactId,
    channel_id: channel.id,
    medium: wanted.medium,
    thread_key: key,
    subject: wanted.subject ?? null,
    team_id: wanted.teamId ?? channel.teamId,
    our_address: wanted.ourAddress ?? null,
    last_entry_at: wanted.at.toISOString(),
  })
  return conversation
}
