import type { Actor } from '../access/actor.ts'
import { visibleCard, visibleContacts } from '../contacts/visible-contacts.ts'
import type { Queryable, Transaction } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import type { TaskState, TaskView } from './task.ts'

interface TaskRow extends Omit<TaskView, 'dueAt' | 'doneAt' | 'createdAt'> {
  dueAt: Date
  doneAt: Date | null
  createdAt: Date
}

const inState: Record<TaskState, string> = {
  open: 't.done_at is null',
  overdue: 't.done_at is null and t.due_at <= now()',
  done: 't.done_at is not null',
}

/** A task without a client is seen by all who see clients; one of a client by who may see him, and by whose task it is. */
function visible(actor: Actor, rule: typeof visibleCard): string {
  return actor.ownClientsOnly ? `(t.assignee_id = '${actor.id}'::uuid or (c.card_id is not null and ${rule(actor, 'c.card_id')}))` : 'true'
}

export interface TaskFilter {
  state?: TaskState | undefined
  assigneeId?: string | undefined
  contactId?: string | undefined
  conversationId?: string | undefined
}

/** What is due first comes first. */
export async function selectTasks(
  db: Queryable,
  actor: Actor,
  filter: TaskFilter,
  page: { after: [string, string] | undefined; limit: number },
): Promise<{ id: string; dueAt: Date }[]> {
  const { rows } = await db.query<{ id: string; dueAt: Date }>(
    `select t.id, t.due_at as "dueAt" from tasks t left join contacts c on c.id = t.contact_id
     where ${filter.state ? inState[filter.state] : 'true'} and ($1::uuid is null or t.assignee_id = $1)
       and ($2::uuid is null or c.card_id = (select card_id from contacts where id = $2)) and ($3::uuid is null or t.conversation_id = $3)
       and ($4::timestamptz is null or (t.due_at, t.id) > ($4, $5::uuid)) and ${visible(actor, visibleContacts)}
     order by t.due_at, t.id limit $6`,
    [
      filter.assigneeId ?? null,
      filter.contactId ?? null,
      filter.conversationId ?? null,
      page.after?.[0] ?? null,
      page.after?.[1] ?? null,
      page.limit,
    ],
  )
  return rows
}

/** A user's open tasks that are due, and all his open ones. */
export async function countTasks(db: Queryable, userId: string): Promise<{ overdue: number; open: number }> {
  const { rows } = await db.query<{ overdue: number; open: number }>(
    `select count(*) filter (where due_at <= now())::int as overdue, count(*)::int as open from tasks where assignee_id = $1 and done_at is null`,
    [userId],
  )
  return rows[0] ?? { overdue: 0, open: 0 }
}

/** Tasks in the outside shape, in the order of `ids`. One query for all. */
export async function presentTasks(db: Queryable, ids: string[]): Promise<TaskView[]> {
  if (ids.length === 0) return []
  const { rows } = await db.query<TaskRow>(
    `select t.id, t.title, t.contact_id as "contactId", c.card_id as "cardId", card.name as "contactName", t.conversation_id as "conversationId",
       t.lead_id as "leadId", t.assignee_id as "assigneeId", t.created_by as "createdBy", t.due_at as "dueAt", t.time_zone as "timeZone",
       t.done_at as "doneAt", t.done_by as "doneBy", t.created_at as "createdAt"
     from tasks t left join contacts c on c.id = t.contact_id left join contacts card on card.id = c.card_id where t.id = any($1::uuid[])`,
    [ids],
  )
  const byId = new Map(rows.map((row) => [row.id, present(row)]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

function present(row: TaskRow): TaskView {
  return { ...row, dueAt: row.dueAt.toISOString(), doneAt: row.doneAt?.toISOString() ?? null, createdAt: row.createdAt.toISOString() }
}

/** Locked. Throws `not_found`, also for what the actor may not see. */
export async function lockTask(tx: Transaction, actor: Actor, id: string): Promise<{ contactId: string | null; assigneeId: string | null }> {
  const { rows } = await tx.query<{ contactId: string | null; assigneeId: string | null }>(
    `select t.contact_id as "contactId", t.assignee_id as "assigneeId" from tasks t left join contacts c on c.id = t.contact_id
     where t.id = $1 and ${visible(actor, visibleCard)} for update of t`,
    [id],
  )
  const [found] = rows
  if (!found) throw new CoreError('not_found', 'There is no such task.')
  return found
}

export interface NewTask {
  id: string
  title: string
  contactId: string | null
  conversationId: string | null
  leadId: string | null
  callId: string | null
  assigneeId: string | null
  createdBy: string | null
  dueAt: Date
  timeZone: string
}

export async function insertTask(tx: Transaction, task: NewTask): Promise<void> {
  await tx.query(
    `insert into tasks (id, title, contact_id, conversation_id, lead_id, assignee_id, created_by, due_at, time_zone, call_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [task.id, task.title, task.contactId, task.conversationId, task.leadId, task.assigneeId, task.createdBy, task.dueAt, task.timeZone, task.callId],
  )
}

/** A new time rings anew. */
export async function updateTask(
  tx: Transaction,
  id: string,
  change: { title?: string | undefined; assigneeId?: string | null | undefined; due?: { at: Date; timeZone: string } | undefined },
): Promise<void> {
  await tx.query(
    `update tasks set title = coalesce($2, title), assignee_id = case when $3 then $4::uuid else assignee_id end, due_at = coalesce($5, due_at),
       time_zone = coalesce($6, time_zone), reminded_at = case when $5::timestamptz is null and not $3 then reminded_at end, updated_at = now() where id = $1`,
    [id, change.title ?? null, change.assigneeId !== undefined, change.assigneeId ?? null, change.due?.at ?? null, change.due?.timeZone ?? null],
  )
}

export async function writeDone(tx: Transaction, id: string, done: { by: string | null } | null): Promise<void> {
  await tx.query(
    'update tasks set done_at = case when $2 then coalesce(done_at, now()) end, done_by = case when $2 then $3::uuid end, updated_at = now() where id = $1',
    [id, done !== null, done?.by ?? null],
  )
}

/** The moment of a wall clock in a zone, as the zone's own rules have it. Throws `invalid_request` for what is none. */
export async function momentOf(db: Queryable, local: string, timeZone: string): Promise<Date> {
  const { rows } = await db
    .query<{ at: Date }>('select $1::timestamp at time zone $2 as at', [local, timeZone])
    .catch(() => Promise.reject(new CoreError('invalid_request', 'This is no date and time, or no time zone.')))
  const at = rows[0]?.at
  if (!at) throw new CoreError('invalid_request', 'This is no date and time.')
  return at
}

/** The client's own zone, as his card says it (field `timeZone`). */
export async function readClientZone(db: Queryable, contactId: string | null): Promise<string | null> {
  const { rows } = await db.query<{ zone: string | null }>(
    `select coalesce(card.fields ->> 'timeZone', c.fields ->> 'timeZone') as zone from contacts c join contacts card on card.id = c.card_id where c.id = $1`,
    [contactId],
  )
  return rows[0]?.zone ?? null
}

/** Marks what is due as told of; gives it. Two processes never ring for the same one. */
export async function takeDue(tx: Transaction, limit: number): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `update tasks set reminded_at = now() where id in (
       select id from tasks where done_at is null and reminded_at is null and due_at <= now() order by due_at limit $1 for update skip locked) returning id`,
    [limit],
  )
  return rows.map((row) => row.id)
}
