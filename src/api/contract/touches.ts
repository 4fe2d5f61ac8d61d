import { oc } from '@orpc/contract'
import { z } from 'zod'
import { byId } from './page.ts'
import { entry, time } from './shapes.ts'

const fields = {
  medium: z
    .string()
    .trim()
    .regex(/^[a-z][a-z0-9-]{0,49}$/)
    .describe('visit, post, voice …: an open list'),
  direction: z.enum(['inbound', 'outbound']).describe('who came to whom; an inbound one is an enquiry'),
  at: z.iso.datetime({ offset: true }).optional().describe('when it was, not in the future; absent: now'),
  note: z.string().max(20_000).default(''),
  disposition: z.string().max(200).nullable().default(null).describe('one of /dispositions'),
  answered: z.boolean().optional().describe('the client was answered by it; absent: when it is outbound'),
  topic: z.string().max(300).default(''),
  source: z.string().max(300).default(''),
}
const version = z.object({
  at: time.describe('until when it was so'),
  cause: z.enum(['edit', 'undo']),
  userId: z.uuid().nullable().describe('who changed it, or took it back'),
  content: z.object({
    medium: z.string(),
    direction: fields.direction,
    at: time,
    note: z.string(),
    disposition: z.string().nullable(),
    answered: z.boolean(),
    topic: z.string(),
    source: z.string(),
  }),
})
const lists = z.object({
  items: z.array(z.object({ teamId: z.uuid().nullable().describe('null: the firm, where a team has none'), names: z.array(z.string()) })),
})

export const touchesContract = {
  log: oc
    .route({
      method: 'POST',
      path: '/contacts/{id}/touches',
      successStatus: 201,
      summary: 'A visit, a letter on paper, a call on one’s own telephone: by hand; an answer ends the waiting',
    })
    .input(
      byId.extend({
        ...fields,
        nextStep: z
          .object({ title: z.string().trim().min(1).max(500), dueAt: z.iso.datetime({ offset: true }) })
          .optional()
          .describe('becomes a task'),
      }),
    )
    .output(entry),
  change: oc
    .route({ method: 'PATCH', path: '/touches/{id}', summary: 'What was logged was not quite so; the former words stay in its history' })
    .input(
      byId.extend({
        medium: fields.medium.optional(),
        direction: fields.direction.optional(),
        at: fields.at,
        note: z.string().max(20_000).optional(),
        disposition: z.string().max(200).nullable().optional(),
        answered: z.boolean().optional(),
        topic: z.string().max(300).optional(),
        source: z.string().max(300).optional(),
      }),
    )
    .output(entry),
  undo: oc
    .route({ method: 'DELETE', path: '/touches/{id}', summary: 'It was not so at all: whoever waited before, waits again' })
    .input(byId)
    .output(entry),
  history: oc
    .route({ method: 'GET', path: '/touches/{id}/history', summary: 'What it was before, newest first' })
    .input(byId)
    .output(z.object({ items: z.array(version) })),
}

export const dispositionsContract = {
  list: oc.route({ method: 'GET', path: '/dispositions', summary: 'What may come of a contact, by team' }).output(lists),
  save: oc
    .route({ method: 'PUT', path: '/dispositions', summary: 'The list of a team, or of the firm; an empty one of a team: the firm’s holds' })
    .input(z.object({ teamId: z.uuid().nullable(), names: z.array(z.string().trim().min(1).max(200)).max(50) }))
    .output(lists),
}
