import type { LoadedChannel } from '../channels/channel.ts'
import { announceConversations } from '../conversations/announce-conversations.ts'
import { endWaiting } from '../conversations/conversation-store.ts'
import { newId } from '../database/id.ts'
import type { Transaction } from '../database/pool.ts'
import { inRetriedTransaction } from '../database/retried-transaction.ts'
import { CoreError } from '../errors.ts'
import type { EntryView } from '../timeline/entry.ts'
import { type ComposeDeps, wakeOutbox } from './compose-message.ts'
import { type LockedConversation, lockConversation, openConversation, readReachable } from './message-store.ts'
import { type MessageInput, writableChannel, writeMessage } from './write-message.ts'

export interface StartInput extends Omit<MessageInput, 'cc' | 'replyToEntryId'> {
  contactId: string
  channelId: string
}

/**
 * Writes to a client by a channel of our choice: a form is answered by e-mail, say. A message with a subject begins an exchange of its own;
 * without one it joins the client's exchange on that channel. `to` is one of the client's own addresses. He then waits in no medium.
 * Throws what `writeMessage` throws.
 */
export async function startConversation(deps: ComposeDeps, input: StartInput): Promise<EntryView> {
  const channel = writableChannel(deps.directory, input.channelId)
  const { view, firstPart } = await inRetriedTransaction(deps.pool, async (tx) => {
    const reachable = await readReachable(tx, input.contactId, channel.connector.manifest.reaches ?? [])
    const { to } = input
    const target = to ? reachable.find((one) => one.kind === to.kind && one.value === to.value) : reachable[0]
    if (!target) throw new CoreError('no_way_back')
    const conversation = await openExchange(tx, channel, target, input.subject)
    const written = await writeMessage(deps, tx, { ...input, to: { kind: target.kind, value: target.value } }, conversation)
    const ended = await endWaiting(tx, input.contactId)
    await announceConversations(
      tx,
      ended.map(({ id }) => id),
    )
    return written
  })
  await wakeOutbox(deps, firstPart)
  return view
}

/** A message with a subject begins an exchange of its own; without one it joins the client's exchange on that channel. Locked. */
export async function openExchange(
  tx: Transaction,
  channel: LoadedChannel,
  target: { contactId: string; identityId: string },
  subject: string | undefined,
): Promise<LockedConversation> {
  const id = newId()
  const conversationId = await openConversation(tx, {
    id,
    contactId: target.contactId,
    channelId: channel.id,
    medium: channel.media[0] ?? channel.connector.manifest.media[0],
    threadKey: subject ? `ours:${id}` : `contact:${target.contactId}`,
    subject: subject?.replaceAll('\u0000', '') ?? null,
    teamId: channel.teamId,
    identityId: target.identityId,
  })
  const conversation = await lockConversation(tx, conversationId)
  if (!conversation) throw new CoreError('not_found')
  return conversation
}
