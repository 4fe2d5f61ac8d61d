import { type Actor, actorId } from '../access/actor.ts'
import type { LoadedChannel } from '../channels/channel.ts'
import type { ChannelDirectory } from '../channels/channel-directory.ts'
import type { Vault } from '../channels/vault.ts'
import type { Logger } from '../connector/hub.ts'
import type { OutgoingMessage, Part } from '../connector/outgoing.ts'
import { newId } from '../database/id.ts'
import { inTransaction, type Pool, type Transaction } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import type { Jobs } from '../jobs/queue.ts'
import { wakePart } from '../outbox/outbox-worker.ts'
import type { EntryView } from '../timeline/entry.ts'
import { announceEntry } from './announce-entry.ts'
import {
  insertEntry,
  insertParts,
  type LockedConversation,
  lockConversation,
  type NewPart,
  type Recipient,
  readExternalId,
  readOtherParticipants,
  readRecipients,
  readReferences,
  takeUploads,
  touchConversation,
} from './message-store.ts'
import { makeReplyToken } from './reply-token.ts'
import { refuseStaleReply } from './stale-reply.ts'

export interface ComposeDeps {
  pool: Pool
  directory: ChannelDirectory
  vault: Vault
  jobs: Jobs
  logger: Logger
}

export interface ComposeInput {
  conversationId: string
  actor: Actor
  text: string
  attachmentIds?: string[] | undefined
  /** How far the author has seen the live stream; absent: no check. */
  lastSeenCursor?: string | undefined
  subject?: string | undefined
  /** Further recipients; absent: everybody else who takes part, where the medium has such. */
  cc?: Recipient[] | undefined
  /** The message that is quoted or answered, where the medium can. */
  replyToEntryId?: string | undefined
  /** Written by no person. */
  automatic?: boolean | undefined
}

/**
 * Writes a message and all that sends it in one transaction, then wakes the outbox. Throws `StaleReply`, and CoreErrors `not_found`,
 * `invalid_request`, `channel_paused`, `no_way_back`, `unsupported`, `cursor_expired`.
 */
export async function composeMessage(deps: ComposeDeps, input: ComposeInput): Promise<EntryView> {
  const text = input.text.replaceAll('\u0000', '')
  if (text.trim() === '' && !input.attachmentIds?.length) throw new CoreError('invalid_request', 'A message needs a text or a file.')
  const { view, firstPart } = await inTransaction(deps.pool, async (tx) => {
    const conversation = await lockConversation(tx, input.conversationId)
    if (!conversation) throw new CoreError('not_found')
    if (input.lastSeenCursor) await refuseStaleReply(tx, conversation.id, input.actor, input.lastSeenCursor)
    const channel = writableChannel(deps.directory, conversation.channelId)
    return write(deps, tx, { ...input, text }, conversation, channel)
  })
  // A lost wake-up is found by the sweep: the message is safe, the author is not kept waiting for the job store.
  await wakePart(deps.jobs, firstPart).catch((error: unknown) => deps.logger.warn({ error: String(error) }, 'the outbox could not be woken'))
  return view
}

async function write(
  deps: ComposeDeps,
  tx: Transaction,
  input: ComposeInput,
  conversation: LockedConversation,
  channel: LoadedChannel,
): Promise<{ view: EntryView; firstPart: string }> {
  const at = new Date()
  // Strictly behind everything before it, so that messages leave in the order they were written.
  const sortAt = new Date(Math.max(at.getTime(), conversation.lastEntryAt.getTime() + 1))
  const id = newId(sortAt.getTime())
  const message = await outgoing(deps, tx, input, conversation, channel, id)
  const parts = rendered(channel, message)
  await insertEntry(tx, conversation, {
    id,
    kind: 'message',
    direction: 'outbound',
    status: 'queued',
    authorId: actorId(input.actor),
    from: conversation.ourAddress,
    to: [message.to, ...(message.cc ?? [])].map((one) => one.value).join(', '),
    subject: message.subject ?? null,
    text: message.text,
    outgoing: { to: message.to, cc: message.cc ?? [], replyTo: message.replyTo ?? null },
    automatic: input.automatic ? 'robot' : null,
    at,
    sortAt,
  })
  const rows: NewPart[] = parts.map((part) => ({ id: newId(), ...part }))
  await insertParts(tx, conversation, id, rows)
  await touchConversation(tx, conversation, sortAt, true)
  const view = await announceEntry(tx, id, conversation.id)
  return { view, firstPart: rows[0]?.id ?? '' }
}

async function outgoing(
  deps: ComposeDeps,
  tx: Transaction,
  input: ComposeInput,
  conversation: LockedConversation,
  channel: LoadedChannel,
  id: string,
): Promise<OutgoingMessage> {
  const kinds = channel.connector.manifest.reaches ?? []
  const [to] = await readRecipients(tx, conversation, kinds)
  if (!to) throw new CoreError('no_way_back')
  const cc = input.cc ?? (await readOtherParticipants(tx, conversation.id, to, kinds))
  const attachmentIds = [...new Set(input.attachmentIds ?? [])]
  const attachments = await takeUploads(tx, id, attachmentIds)
  if (attachments.length !== attachmentIds.length) throw new CoreError('invalid_request', 'A file is unknown, not ready, or part of another message.')
  const replyTo = input.replyToEntryId ? await readExternalId(tx, conversation.id, input.replyToEntryId) : undefined
  const subject = input.subject?.replaceAll('\u0000', '') ?? conversation.subject
  return {
    id,
    text: input.text,
    ...(subject && { subject }),
    attachments,
    to,
    ...(cc.length > 0 && { cc }),
    references: await readReferences(tx, conversation.id),
    ...(replyTo && { replyTo }),
    replyToken: makeReplyToken(deps.vault, conversation.id),
    automatic: input.automatic ?? false,
  }
}

function writableChannel(directory: ChannelDirectory, channelId: string): LoadedChannel {
  const channel = directory.byId(channelId)
  if (!channel) throw new CoreError('unsupported', 'The channel of this conversation is gone.')
  if (channel.pausedAt) throw new CoreError('channel_paused')
  if (channel.settingsFault) throw new CoreError('unsupported', 'The settings of the channel do not fit its connector: open and save them anew.')
  if (!channel.connector.render || !channel.connector.send) throw new CoreError('no_way_back')
  return channel
}

function rendered(channel: LoadedChannel, message: OutgoingMessage): Part[] {
  const result = channel.connector.render?.(message, channel.settings)
  if (!result) throw new CoreError('no_way_back')
  if ('refused' in result) {
    throw new CoreError(result.refused === 'invalid_recipient' ? 'no_way_back' : 'unsupported', result.reason, { refused: result.refused })
  }
  if (result.parts.length === 0) throw new CoreError('unsupported', 'The channel has nothing to send of this message.')
  return result.parts
}
