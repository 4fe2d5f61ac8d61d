import { actorId } from '../access/actor.ts'
import type { Caller } from '../access/audit.ts'
import { readFirm } from '../access/firm-store.ts'
import { readCall } from '../calls/list-calls.ts'
import { requireCard } from '../contacts/visible-contacts.ts'
import { requireAssignee } from '../conversations/assignee-store.ts'
import { requireConversation } from '../conversations/conversation-store.ts'
import { newId } from '../database/id.ts'
import { inTransaction, type Pool, type Transaction } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import { announceTasks } from './announce-tasks.ts'
import type { Due, TaskView } from './task.ts'
import { insertTask, lockTask, momentOf, readClientZone, updateTask, writeDone } from './task-store.ts'

interface Deps {
  pool: Pool
}

export interface TaskInput {
  title: string
  due: Due
  contactId?: string | undefined
  conversationId?: string | undefined
  leadId?: string | undefined
  /** The call in which it was promised: it goes with it to another card. */
  callId?: string | undefined
  /** Absent: who makes it. */
  assigneeId?: string | null | undefined
}

/** Throws `not_found` for a client, conversation or lead that the actor may not see; `invalid_request` for a time or user that is none. */
export async function createTask({ pool }: Deps, input: TaskInput, { actor }: Caller): Promise<TaskView> {
  return await inTransaction(pool, (tx) => createTaskIn(tx, input, actor))
}

/** The same, within what makes it. */
export async function createTaskIn(tx: Transaction, input: TaskInput, actor: Caller['actor']): Promise<TaskView> {
  const contactId = await contactOf(tx, input, actor)
  const own = actor.kind === 'user' ? actor.id : null
  const assigneeId = input.assigneeId === undefined ? own : input.assigneeId
  if (assigneeId !== own) await requireAssignee(tx, assigneeId, undefined)
  const { at, timeZone } = await resolveDue(tx, input.due, contactId)
  const id = newId()
  await insertTask(tx, {
    id,
    title: input.title.replaceAll('\u0000', ''),
    contactId,
    conversationId: input.conversationId ?? null,
    leadId: input.leadId ?? null,
    callId: input.callId ?? null,
    assigneeId,
    createdBy: actorId(actor),
    dueAt: at,
    timeZone,
  })
  return await told(tx, id)
}

/** Absent: stays. A new time (snooze) rings anew. Throws as `createTask`. */
export async function changeTask(
  { pool }: Deps,
  id: string,
  patch: { title?: string | undefined; due?: Due | undefined; assigneeId?: string | null | undefined },
  { actor }: Caller,
): Promise<TaskView> {
  return await inTransaction(pool, async (tx) => {
    const task = await lockTask(tx, actor, id)
    if (patch.assigneeId !== undefined) await requireAssignee(tx, patch.assigneeId, undefined)
    const due = patch.due && (await resolveDue(tx, patch.due, task.contactId))
    await updateTask(tx, id, { title: patch.title?.replaceAll('\u0000', ''), assigneeId: patch.assigneeId, due })
    return await told(tx, id)
  })
}

/** Done, or not done after all. Throws `not_found`. */
export async function settleTask({ pool }: Deps, id: string, isDone: boolean, { actor }: Caller): Promise<TaskView> {
  return await inTransaction(pool, async (tx) => {
    await lockTask(tx, actor, id)
    await writeDone(tx, id, isDone ? { by: actorId(actor) } : null)
    return await told(tx, id)
  })
}

async function contactOf(tx: Transaction, input: TaskInput, actor: Caller['actor']): Promise<string | null> {
  if (input.conversationId) return (await requireConversation(tx, actor, input.conversationId)).contactId
  if (input.callId) return (await readCall({ pool: tx }, actor, input.callId)).contactId
  if (input.contactId) return await requireCard(tx, actor, input.contactId)
  if (!input.leadId) return null
  const { rows } = await tx.query<{ contactId: string }>('select contact_id as "contactId" from leads where id = $1', [input.leadId])
  const [lead] = rows
  if (!lead) throw new CoreError('not_found', 'There is no such lead.')
  return await requireCard(tx, actor, lead.contactId)
}

/** A wall clock means the named zone; `client` the client's, `firm` the firm's. */
async function resolveDue(tx: Transaction, due: Due, contactId: string | null): Promise<{ at: Date; timeZone: string }> {
  const firmZone = (await readFirm(tx)).timeZone
  if ('at' in due) return { at: due.at, timeZone: firmZone }
  const timeZone = due.zone === 'client' ? await readClientZone(tx, contactId) : due.zone === 'firm' ? firmZone : due.zone
  if (!timeZone) throw new CoreError('invalid_request', 'The card does not say in which time zone the client lives.')
  return { at: await momentOf(tx, due.local, timeZone), timeZone }
}

async function told(tx: Transaction, id: string): Promise<TaskView> {
  const [view] = await announceTasks(tx, [id])
  if (!view) throw new CoreError('not_found')
  return view
}
