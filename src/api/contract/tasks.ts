import { oc } from '@orpc/contract'
import { z } from 'zod'
import { byId, pageOf, pageQuery } from './page.ts'
import { time } from './shapes.ts'

const id = z.uuid()

export const task = z.object({
  id,
  title: z.string(),
  contactId: id.nullable(),
  cardId: id.nullable(),
  contactName: z.string().nullable(),
  conversationId: id.nullable(),
  leadId: id.nullable(),
  assigneeId: id.nullable(),
  createdBy: id.nullable(),
  dueAt: time,
  timeZone: z.string().describe('IANA: whose clock was meant'),
  doneAt: time.nullable(),
  doneBy: id.nullable(),
  createdAt: time,
})

const title = z.string().trim().min(1).max(500)
const due = z.union([
  z.object({ at: z.iso.datetime() }),
  z.object({
    local: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, 'a wall clock as 2026-11-23T10:00'),
    zone: z.string().max(64).describe('IANA name; `client`: the one of his card (field timeZone); `firm`: the firm’s'),
  }),
])
const count = z.number().int()

export const tasksContract = {
  list: oc
    .route({ method: 'GET', path: '/tasks', summary: 'What is due first; `mine` counts the caller’s own' })
    .input(
      z.object({
        ...pageQuery,
        state: z.enum(['open', 'overdue', 'done']).optional().describe('`open` also gives what is overdue'),
        assignee: z.union([id, z.literal('me')]).optional(),
        contactId: id.optional(),
        conversationId: id.optional(),
      }),
    )
    .output(pageOf(task).extend({ mine: z.object({ overdue: count, open: count }) })),
  create: oc
    .route({ method: 'POST', path: '/tasks', successStatus: 201 })
    .input(
      z.object({
        title,
        due,
        contactId: id.optional(),
        conversationId: id.optional(),
        leadId: id.optional(),
        callId: id.optional().describe('the call in which it was promised: of its client, and goes with it to another card'),
        assigneeId: id.nullable().optional().describe('absent: who makes it'),
      }),
    )
    .output(task),
  update: oc
    .route({ method: 'PATCH', path: '/tasks/{id}', summary: 'A new time (snooze) rings anew' })
    .input(byId.extend({ title: title.optional(), due: due.optional(), assigneeId: id.nullable().optional() }))
    .output(task),
  done: oc.route({ method: 'POST', path: '/tasks/{id}/done' }).input(byId).output(task),
  reopen: oc.route({ method: 'POST', path: '/tasks/{id}/reopen', summary: 'Not done after all' }).input(byId).output(task),
}
