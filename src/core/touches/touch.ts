/** What a user tells of a contact with a client that the hub did not see. */
export interface Touch {
  /** visit, post, voice …: an open list. */
  medium: string
  direction: 'inbound' | 'outbound'
  at: Date
  note: string
  disposition: string | null
  /** The client was answered by it: he leaves the waiting list, as far as he waited already then. */
  answered: boolean
  topic: string
  source: string
}

/** What is kept of it beside the columns of its entry. */
export interface TouchExtra extends Record<string, unknown> {
  event: 'touch'
  answered: boolean
  disposition: string | null
  /** The waits that it ended, so that undoing it brings them back. */
  ended: { id: string; waitingSince: string }[]
}

/** What a touch was, until somebody changed it or took it back at this moment. */
export interface TouchVersion {
  at: Date
  cause: 'edit' | 'undo'
  userId: string | null
  content: Omit<Touch, 'at'> & { at: string }
}
