import { oc } from '@orpc/contract'
import { z } from 'zod'
import { byId, nothing, pageOf, pageQuery } from './page.ts'
import { time } from './shapes.ts'

const kind = z.enum(['call', 'conversation', 'card'])
const value = z
  .union([z.literal(0), z.literal(1)])
  .nullable()
  .describe('1: done, 0: not done, null: not marked')
const perDay = z.number().int().min(0).max(100).describe('calls of each operator and day that chance draws')
const text = z.string().trim().min(1).max(300)
const checklist = z.object({ perDay, items: z.array(z.object({ id: z.string(), part: kind, text: z.string() })) })
const moment = z.number().min(0).max(86_400)

export const review = z.object({
  id: z.uuid(),
  kind,
  subjectId: z.uuid(),
  userId: z.uuid().nullable().describe('whose work it was'),
  reviewerId: z.uuid(),
  marks: z.array(z.object({ itemId: z.string(), part: kind, text: z.string(), value, atSeconds: z.number().nullable() })),
  ones: z.number().int(),
  marked: z.number().int(),
  createdAt: time,
  updatedAt: time,
})

export const reviewFilter = {
  userId: z.uuid().optional(),
  kind: kind.optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
}

export const checklistContract = {
  get: oc.route({ method: 'GET', path: '/checklist', summary: 'By what calls, conversations and cards are reviewed' }).output(checklist),
  save: oc
    .route({ method: 'PUT', path: '/checklist', summary: 'What was reviewed before keeps its words' })
    .input(z.object({ perDay, items: z.array(z.object({ id: z.string().max(100).optional(), part: kind, text })).max(100) }))
    .output(checklist),
}

export const reviewsContract = {
  list: oc
    .route({ method: 'GET', path: '/reviews', summary: 'The latest first; an operator sees those of his own work' })
    .input(
      z.object({
        ...pageQuery,
        ...reviewFilter,
        subjectIds: z.preprocess((given) => (typeof given === 'string' ? given.split(',') : given), z.array(z.uuid()).max(200)).optional(),
      }),
    )
    .output(pageOf(review)),
  save: oc
    .route({ method: 'PUT', path: '/reviews/{kind}/{id}', summary: 'Marks by the checklist of today; later marks hold' })
    .input(byId.extend({ kind, marks: z.array(z.object({ itemId: z.string().max(100), value, atSeconds: moment.nullable().optional() })).max(100) }))
    .output(review),
  draw: oc
    .route({
      method: 'POST',
      path: '/reviews/sample',
      summary: 'Chance draws the calls of a day that shall be reviewed; drawn again, only what is missing is added',
    })
    .input(z.object({ day: z.iso.date() }))
    .output(z.object({ drawn: z.number().int() })),
}

const comment = z.object({ id: z.uuid(), authorId: z.uuid(), atSeconds: z.number(), text: z.string(), createdAt: time })
const comments = z.object({ items: z.array(comment) })

export const commentsContract = {
  list: oc.route({ method: 'GET', path: '/calls/{id}/comments', summary: 'For reviewers and the operator of the call' }).input(byId).output(comments),
  add: oc
    .route({ method: 'POST', path: '/calls/{id}/comments', successStatus: 201 })
    .input(byId.extend({ atSeconds: moment, text: z.string().trim().min(1).max(5000) }))
    .output(comments),
  remove: oc
    .route({ method: 'DELETE', path: '/calls/{id}/comments/{commentId}', summary: 'One of one’s own' })
    .input(byId.extend({ commentId: z.uuid() }))
    .output(nothing),
  listeners: oc
    .route({ method: 'GET', path: '/calls/{id}/listeners', summary: 'Who heard or saved its recordings' })
    .input(byId)
    .output(z.object({ items: z.array(z.object({ actorId: z.uuid().nullable(), action: z.string(), at: time })) })),
}
