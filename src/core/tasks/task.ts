export const taskStates = ['open', 'overdue', 'done'] as const
/** `open` also gives what is overdue. */
export type TaskState = (typeof taskStates)[number]

/** What was promised, in the outside shape. Times are ISO 8601 UTC. */
export interface TaskView {
  id: string
  title: string
  contactId: string | null
  /** The card that shows its contact, and its name. */
  cardId: string | null
  contactName: string | null
  conversationId: string | null
  leadId: string | null
  assigneeId: string | null
  createdBy: string | null
  dueAt: string
  /** IANA name: whose clock was meant. */
  timeZone: string
  doneAt: string | null
  doneBy: string | null
  createdAt: string
}

/** When a task is due: a moment, or a wall clock (`2026-11-23T10:00`) in a zone; `client` is the client's own zone. */
export type Due = { at: Date } | { local: string; zone: string }
