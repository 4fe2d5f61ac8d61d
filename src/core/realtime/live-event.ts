export const liveEventTypes = [
  'entry.created',
  'entry.changed',
  'contact.created',
  'contact.changed',
  'conversation.changed',
  'lead.created',
  'lead.changed',
  'channel.changed',
  'delivery.changed',
  'refusal.created',
  'quarantine.changed',
  'user.changed',
  'suggestion.changed',
  'draft.changed',
  'webhook.changed',
  'call.changed',
  'call.joined',
  'conversation.offered',
  'presence.changed',
  'routing.changed',
  'work.handed_over',
  'task.changed',
  'task.due',
  'contacts.changed',
  'import.changed',
  'export.changed',
  'replay.changed',
] as const
export type LiveEventType = (typeof liveEventTypes)[number]

export interface NewLiveEvent {
  type: LiveEventType
  contactId?: string | null
  conversationId?: string | null
  channelId?: string | null
  /** What the event is about: an entry's, lead's, channel's … id. */
  subjectId?: string | null
  payload: object
}

/** One event of the live stream, as pages and sockets give it. */
export interface LiveItem {
  cursor: string
  type: LiveEventType
  at: string
  contactId: string | null
  conversationId: string | null
  channelId: string | null
  subjectId: string | null
  payload: object
}

/** A place in the stream: everything of transactions below it, and of its own transaction up to an id, has been read. */
export interface Place {
  transactionId: bigint
  id: bigint
}

export class CursorExpired extends Error {
  constructor(cursor: string) {
    super(`The cursor ${cursor} is older than the live stream, or of another database: read everything anew.`)
    this.name = 'CursorExpired'
  }
}

/** Reads `<transaction>.<id>`; throws CursorExpired for anything else, so that a stale client starts anew. */
export function parseCursor(cursor: string): Place {
  const match = /^(\d{1,18})\.(\d{1,18})$/.exec(cursor)
  if (!match?.[1] || !match[2]) throw new CursorExpired(cursor.slice(0, 40))
  return { transactionId: BigInt(match[1]), id: BigInt(match[2]) }
}

export function formatCursor(place: Place): string {
  return `${place.transactionId}.${place.id}`
}
