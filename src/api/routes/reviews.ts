import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { implement } from '@orpc/server'
import { z } from 'zod'
import { readChecklist } from '../../core/reviews/checklist-store.ts'
import { commentCall, listComments, listListeners, removeComment } from '../../core/reviews/comment-call.ts'
import { drawSample } from '../../core/reviews/draw-sample.ts'
import { listReviews } from '../../core/reviews/list-reviews.ts'
import { saveChecklist } from '../../core/reviews/save-checklist.ts'
import { saveReview } from '../../core/reviews/save-review.ts'
import { writeReviews } from '../../core/reviews/write-reviews.ts'
import { checklistContract, commentsContract, reviewFilter, reviewsContract } from '../contract/reviews.ts'
import type { ApiContext } from './context.ts'
import type { RawHandler } from './raw-handler.ts'

const checklist = implement(checklistContract).$context<ApiContext>()
const reviews = implement(reviewsContract).$context<ApiContext>()
const comments = implement(commentsContract).$context<ApiContext>()

export const checklistRoutes = checklist.router({
  get: checklist.get.handler(({ context }) => readChecklist(context.deps.pool)),
  save: checklist.save.handler(({ input, context }) => saveChecklist(context.deps, input, context)),
})

export const reviewsRoutes = reviews.router({
  list: reviews.list.handler(({ input, context }) => listReviews(context.deps, context.actor, input)),
  save: reviews.save.handler(({ input, context }) => saveReview(context.deps, input.kind, input.id, input.marks, context)),
  draw: reviews.draw.handler(({ input, context }) => drawSample(context.deps, input.day, context)),
})

export const commentsRoutes = comments.router({
  list: comments.list.handler(async ({ input, context }) => ({ items: await listComments(context.deps, context.actor, input.id) })),
  add: comments.add.handler(async ({ input: { id, ...comment }, context }) => ({ items: await commentCall(context.deps, id, comment, context) })),
  remove: comments.remove.handler(async ({ input, context }) => {
    await removeComment(context.deps, input.id, input.commentId, context)
    return {}
  }),
  listeners: comments.listeners.handler(async ({ input, context }) => ({ items: await listListeners(context.deps, context.actor, input.id) })),
})

const fileQuery = z.object({ ...reviewFilter, language: z.enum(['ru', 'en']).default('en') })

export const sendReviews: RawHandler = async (request, response, actor, deps) => {
  const { language, ...filter } = fileQuery.parse(request.query)
  const file = await writeReviews(deps, actor, filter, language)
  response.set({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="reviews.csv"',
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
  })
  await pipeline(Readable.from(file), response).catch((error: unknown) => {
    if (!response.destroyed) throw error
  })
}
