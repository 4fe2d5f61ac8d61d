import { type Actor, actorId } from '../access/actor.ts'
import { whyNoLinks } from '../attachments/public-link.ts'
import type { LoadedChannel } from '../channels/channel.ts'
import type { ChannelDirectory } from '../channels/channel-directory.ts'
import type { Vault } from '../channels/vault.ts'
import type { ChosenTemplate } from '../connector/approved-template.ts'
import type { Limits } from '../connector/manifest.ts'
import type { OutgoingMessage, Part } from '../connector/outgoing.ts'
import { newId } from '../database/id.ts'
import type { Transaction } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import type { EntryView } from '../timeline/entry.ts'
import { announceEntry } from './announce-entry.ts'
import {
  insertEntry,
  insertParts,
  type LockedConversation,
  type NewPart,
  type Recipient,
  readExternalId,
  readLastInbound,
  readOtherParticipants,
  readRecipients,
  readReferences,
  takeUploads,
  touchConversation,
} from './message-store.ts'
import { makeReplyToken } from './reply-token.ts'

export interface MessageInput {
  actor: Actor
  text: string
  attachmentIds?: string[] | undefined
  subject?: string | undefined
  /** Absent: whoever wrote last, or takes part, or the contact himself. */
  to?: Recipient | undefined
  /** Further recipients; absent: everybody else who takes part, where the medium has such. */
  cc?: Recipient[] | undefined
  /** The message that is quoted or answered, where the medium can. */
  replyToEntryId?: string | undefined
  /** Ready answers under the message, where the channel has them. */
  buttons?: string[] | undefined
  /** Approved by the vendor beforehand and filled in; `text` says the same. */
  template?: ChosenTemplate | undefined
  /** Written by no person. */
  automatic?: boolean | undefined
}

export interface WriteDeps {
  directory: ChannelDirectory
  vault: Vault
  /** Address under which the internet reaches the hub, if it does. */
  publicUrl: string
}

export interface WrittenMessage {
  view: EntryView
  /** The part to wake the outbox with, once the transaction is committed. */
  firstPart: string
}

/**
 * Writes a message, its outbox rows and its live events into a conversation that the transaction has locked. Throws CoreErrors
 * `invalid_request`, `channel_paused`, `no_way_back`, `unsupported`.
 */
export async function writeMessage(deps: WriteDeps, tx: Transaction, input: MessageInput, conversation: LockedConversation): Promise<WrittenMessage> {
  if (input.text.trim() === '' && !input.attachmentIds?.length) throw new CoreError('invalid_request', 'A message needs a text or a file.')
  const channel = writableChannel(deps.directory, conversation.channelId)
  const at = new Date()
  // Strictly behind everything before it, so that messages leave in the order they were written.
  const sortAt = new Date(Math.max(at.getTime(), conversation.lastEntryAt.getTime() + 1))
  const id = newId(sortAt.getTime())
  const message = await outgoing(deps, tx, input, conversation, channel, id)
  const parts = rendered(deps, channel, message)
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
    extra: message.buttons ? { buttons: message.buttons } : null,
    automatic: input.automatic ? 'robot' : null,
    at,
    sortAt,
  })
  const rows: NewPart[] = parts.map((part) => ({ id: newId(), ...part }))
  await insertParts(tx, conversation, id, rows)
  await touchConversation(tx, conversation, sortAt, !input.automatic)
  const view = await announceEntry(tx, id, conversation.id)
  return { view, firstPart: rows[0]?.id ?? '' }
}

async function outgoing(
  deps: WriteDeps,
  tx: Transaction,
  input: MessageInput,
  conversation: LockedConversation,
  channel: LoadedChannel,
  id: string,
): Promise<OutgoingMessage> {
  const kinds = channel.connector.manifest.reaches ?? []
  const to = input.to ?? (await readRecipients(tx, conversation, kinds))[0]
  if (!to) throw new CoreError('no_way_back')
  const cc = input.cc ?? (await readOtherParticipants(tx, conversation.id, to, kinds))
  const attachmentIds = [...new Set(input.attachmentIds ?? [])]
  const attachments = await takeUploads(tx, id, attachmentIds)
  if (attachments.length !== attachmentIds.length) throw new CoreError('invalid_request', 'A file is unknown, not ready, or part of another message.')
  const lastInboundAt = await readLastInbound(tx, conversation.id)
  const replyTo = input.replyToEntryId ? await readExternalId(tx, conversation.id, input.replyToEntryId) : undefined
  const subject = input.subject?.replaceAll('\u0000', '') ?? conversation.subject
  return {
    id,
    text: input.text.replaceAll('\u0000', ''),
    ...(subject && { subject }),
    attachments,
    to,
    ...(cc.length > 0 && { cc }),
    references: await readReferences(tx, conversation.id),
    ...(lastInboundAt && { sinceInboundMs: Math.max(0, Date.now() - lastInboundAt.getTime()) }),
    ...(replyTo && { replyTo }),
    replyToken: makeReplyToken(deps.vault, conversation.id),
    ...(input.template && { template: input.template }),
    ...(input.buttons && input.buttons.length > 0 && { buttons: input.buttons }),
    automatic: input.automatic ?? false,
  }
}

/** The channel, ready to be written to. Throws `unsupported`, `channel_paused`, `no_way_back`. */
export function writableChannel(directory: ChannelDirectory, channelId: string): LoadedChannel {
  const channel = directory.byId(channelId)
  if (!channel) throw new CoreError('unsupported', 'The channel of this conversation is gone.')
  if (channel.pausedAt) throw new CoreError('channel_paused')
  if (channel.settingsFault) throw new CoreError('unsupported', 'The settings of the channel do not fit its connector: open and save them anew.')
  if (!channel.connector.render || !channel.connector.send) throw new CoreError('no_way_back')
  return channel
}

function rendered({ publicUrl }: WriteDeps, channel: LoadedChannel, message: OutgoingMessage): Part[] {
  const { limits } = channel.connector.manifest
  const noLinks = limits?.filesByLink && message.attachments.length > 0 ? whyNoLinks(publicUrl) : undefined
  if (noLinks) throw new CoreError('unsupported', noLinks.en, { refused: 'unsupported', words: noLinks })
  refuseUnknownForms(channel, message)
  const result = channel.connector.render?.(message, channel.settings)
  if (!result) throw new CoreError('no_way_back')
  if ('refused' in result) {
    const { refused, reason, words } = result
    throw new CoreError(refused === 'invalid_recipient' ? 'no_way_back' : 'unsupported', reason, { refused, ...(words && { words }) })
  }
  if (result.parts.length === 0) throw new CoreError('unsupported', 'The channel has nothing to send of this message.')
  return result.parts
}

/** What can be known of buttons and template without the vendor. Throws `unsupported`, `invalid_request`. */
export function refuseUnknownForms({ connector }: LoadedChannel, message: Pick<MessageInput, 'text' | 'buttons' | 'template'>): void {
  const { limits, title } = connector.manifest
  refuseButtons(limits, message)
  if (message.template && !connector.listTemplates) throw new CoreError('unsupported', `${title.en} knows no approved templates.`)
}

function refuseButtons(limits: Limits | undefined, { buttons, text }: Pick<MessageInput, 'text' | 'buttons'>): void {
  if (!buttons) return
  const most = limits?.buttons
  if (!most) throw new CoreError('unsupported', 'This channel has no buttons.')
  const isFit = buttons.length <= most.count && new Set(buttons).size === buttons.length && buttons.every((caption) => caption.length <= most.length)
  if (!isFit) throw new CoreError('invalid_request', `At most ${most.count} buttons, each another and of at most ${most.length} characters.`)
  if (text.trim() === '') throw new CoreError('invalid_request', 'Buttons need a text above them.')
}
