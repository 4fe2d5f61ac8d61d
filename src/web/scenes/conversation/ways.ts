import type { ChannelItem } from '../../api/names.ts'
import type { ContactView, ConversationView } from './conversation-view.ts'

/** One way to answer: an exchange that goes on, or a channel that reaches one of the client's addresses. */
export interface Way {
  key: string
  medium: string
  name: string
  channelId: string
  /** Absent: the first message opens the exchange. */
  conversationId?: string
  /** The client wrote here last. */
  isHis: boolean
}

interface WaysInput {
  contact: ContactView | undefined
  conversations: ConversationView[]
  channels: ChannelItem[]
  reaches(connector: string): string[]
}

/** The exchanges that can carry an answer, the latest of each channel first, then channels that reach him otherwise. A form has no way back. */
export function waysOf({ contact, conversations, channels, reaches }: WaysInput): Way[] {
  const ways: Way[] = []
  for (const conversation of conversations) {
    const channel = channels.find(({ id }) => id === conversation.channelId)
    const canWrite = channel === undefined ? conversation.medium !== 'form' : reaches(channel.connector).length > 0
    if (!canWrite || ways.some((way) => way.channelId === conversation.channelId)) continue
    const name = channel?.name ?? conversation.ourAddress ?? conversation.medium
    ways.push({
      key: conversation.id,
      medium: conversation.medium,
      name,
      channelId: conversation.channelId,
      conversationId: conversation.id,
      isHis: ways.length === 0,
    })
  }
  const kinds = new Set(contact?.identities.map(({ kind }) => kind))
  for (const channel of channels) {
    if (channel.pausedAt !== null || ways.some((way) => way.channelId === channel.id)) continue
    if (!reaches(channel.connector).some((kind) => kinds.has(kind))) continue
    ways.push({ key: channel.id, medium: channel.media[0] ?? '', name: channel.name, channelId: channel.id, isHis: false })
  }
  return ways
}
