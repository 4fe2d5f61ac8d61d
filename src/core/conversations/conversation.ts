export const conversationStates = ['open', 'waiting', 'closed'] as const
/** `waiting`: the client waits for an answer. */
export type ConversationState = (typeof conversationStates)[number]

/** A conversation in the outside shape. Times are ISO 8601 UTC. */
export interface ConversationView {
  id: string
  contactId: string
  /** The card that shows its contact: another than `contactId` after a merge. */
  cardId: string
  channelId: string
  medium: string
  subject: string | null
  state: ConversationState
  assigneeId: string | null
  teamId: string | null
  ourAddress: string | null
  /** Since when the client waits for an answer; null: he does not. */
  waitingSince: string | null
  /** Until when he is to be answered: the target of the channel, in open time. Null: he does not wait. */
  dueAt: string | null
  /** Out of the waiting list until then; something new of the client brings it back at once. */
  snoozedUntil: string | null
  lastEntryAt: string
  createdAt: string
  participants: { kind: string; value: string; name: string }[]
}
