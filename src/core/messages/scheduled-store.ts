import type { Actor } from '../access/actor.ts'
import type { ChosenTemplate } from '../connector/approved-template.ts'
import type { Queryable, Transaction } from '../database/pool.ts'
import type { Recipient } from './message-store.ts'

export type HeldReason = 'newer' | 'overdue' | 'failed'

/** A message that waits for its time; `held`: its time came, and a person has to decide. */
export interface ScheduledMessage {
  id: string
  conversationId: string
  author: Actor
  text: string
  subject: string | null
  cc: Recipient[] | null
  attachmentIds: string[]
  buttons: string[] | null
  template: ChosenTemplate | null
  seenCursor: string
  sendAt: Date
  state: 'scheduled' | 'held'
  reason: HeldReason | null
  detail: string | null
  createdAt: Date
}

const columns = `s.id, s.conversation_id as "conversationId", s.author, s.text, s.subject, s.cc, s.attachment_ids as "attachmentIds", s.buttons, s.template, s.seen_cursor as "seenCursor",
  s.send_at as "sendAt", s.state, s.reason, s.detail, s.created_at as "createdAt"`

export async function insertScheduled(
  tx: Transaction,
  message: Omit<ScheduledMessage, 'state' | 'reason' | 'detail' | 'createdAt'> & { authorId: string | null },
): Promise<void> {
  await tx.query(
    `insert into scheduled_messages (id, conversation_id, author_id, author, text, subject, cc, attachment_ids, buttons, template, seen_cursor, send_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      message.id,
      message.conversationId,
      message.authorId,
      JSON.stringify(message.author),
      message.text,
      message.subject,
      json(message.cc),
      message.attachmentIds,
      json(message.buttons),
      json(message.template),
      message.seenCursor,
      message.sendAt,
    ],
  )
}

function json(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value)
}

/** Those of a client's whole card that have not left, the soonest first. */
export async function selectScheduled(db: Queryable, contactId: string): Promise<ScheduledMessage[]> {
  const { rows } = await db.query<ScheduledMessage>(
    `select ${columns} from scheduled_messages s join conversations v on v.id = s.conversation_id join contacts c on c.id = v.contact_id
     where c.card_id = (select card_id from contacts where id = $1) and s.state in ('scheduled', 'held') order by s.send_at, s.id`,
    [contactId],
  )
  return rows
}

/** One that has not left. Unlocked: of which conversation it is. */
export async function readScheduled(db: Queryable, id: string): Promise<ScheduledMessage | undefined> {
  const { rows } = await db.query<ScheduledMessage>(
    `select ${columns} from scheduled_messages s where s.id = $1 and s.state in ('scheduled', 'held')`,
    [id],
  )
  return rows[0]
}

/** The same, locked: whoever sends or cancels it is alone. */
export async function lockScheduled(tx: Transaction, id: string): Promise<ScheduledMessage | undefined> {
  const { rows } = await tx.query<ScheduledMessage>(
    `select ${columns} from scheduled_messages s where s.id = $1 and s.state in ('scheduled', 'held') for update`,
    [id],
  )
  return rows[0]
}

/** Names what is due, the longest due first. */
export async function selectDue(db: Queryable, limit: number): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select id from scheduled_messages where state = 'scheduled' and send_at <= clock_timestamp() order by send_at, id limit $1`,
    [limit],
  )
  return rows.map((row) => row.id)
}

export async function finishScheduled(tx: Transaction, id: string, end: { state: 'sent'; entryId: string } | { state: 'cancelled' }): Promise<void> {
  await tx.query(`update scheduled_messages set state = $2, entry_id = $3, reason = null, detail = null where id = $1`, [
    id,
    end.state,
    end.state === 'sent' ? end.entryId : null,
  ])
}

export async function holdScheduled(tx: Transaction, id: string, reason: HeldReason, detail: string | null): Promise<void> {
  await tx.query(`update scheduled_messages set state = 'held', reason = $2, detail = $3 where id = $1`, [id, reason, detail])
}

/** Did the client or another author than `authorId` write here after a moment? For cursors that are too old to tell. */
export async function hasNewerEntries(tx: Transaction, conversationId: string, since: Date, authorId: string | null): Promise<boolean> {
  const { rowCount } = await tx.query(
    `select from entries where conversation_id = $1 and received_at > $2 and direction is not null
       and (direction = 'inbound' or author_id is distinct from $3) and coalesce(extra ->> 'backfill', 'false') <> 'true' limit 1`,
    [conversationId, since, authorId],
  )
  return (rowCount ?? 0) > 0
}
