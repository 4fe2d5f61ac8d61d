import { implement } from '@orpc/server'
import { z } from 'zod'
import { decodeCursor, encodeCursor, toPage } from '../../core/database/page-cursor.ts'
import { changeWebhook, createWebhook, deleteWebhook, pauseWebhook, resumeWebhook, rotateWebhookSecret } from '../../core/webhooks/change-webhook.ts'
import { selectAttempts, selectMessages } from '../../core/webhooks/message-store.ts'
import { resendMessages } from '../../core/webhooks/resend-messages.ts'
import { testWebhook } from '../../core/webhooks/test-webhook.ts'
import { selectWebhookViews } from '../../core/webhooks/webhook-store.ts'
import { webhookEvents, webhookSchema } from '../contract/webhook-events.ts'
import { webhooksContract } from '../contract/webhooks.ts'
import type { ApiContext } from './context.ts'

const os = implement(webhooksContract).$context<ApiContext>()

export const webhooksRoutes = os.router({
  events: os.events.handler(() => ({
    items: webhookEvents.map((event) => ({ type: event.type, title: { en: event.en, ru: event.ru }, schema: webhookSchema(event) })),
  })),
  list: os.list.handler(async ({ context }) => ({ items: await selectWebhookViews(context.deps.pool) })),
  create: os.create.handler(({ input, context }) => createWebhook(context.deps, input, context)),
  update: os.update.handler(({ input: { id, ...change }, context }) => changeWebhook(context.deps, id, change, context)),
  delete: os.delete.handler(async ({ input, context }) => {
    await deleteWebhook(context.deps, input.id, context)
    return {}
  }),
  pause: os.pause.handler(({ input, context }) => pauseWebhook(context.deps, input.id, context)),
  resume: os.resume.handler(({ input, context }) => resumeWebhook(context.deps, input.id, input, context)),
  rotateSecret: os.rotateSecret.handler(({ input, context }) => rotateWebhookSecret(context.deps, input.id, context)),
  test: os.test.handler(({ input, context }) => testWebhook(context.deps, input.id)),
  messages: os.messages.handler(async ({ input: { id, cursor, limit, status }, context }) => {
    const before = cursor ? decodeCursor(cursor, z.tuple([z.uuid()]))[0] : undefined
    const rows = await selectMessages(context.deps.pool, { webhookId: id, status, before, limit: limit + 1 })
    return toPage(rows, limit, (row) => encodeCursor([row.id]))
  }),
  attempts: os.attempts.handler(async ({ input, context }) => ({ items: await selectAttempts(context.deps.pool, input.id, input.messageId) })),
  resend: os.resend.handler(({ input, context }) =>
    resendMessages(context.deps, { webhookId: input.id, messageId: input.messageId, onlyFailed: false }, context),
  ),
  resendSince: os.resendSince.handler(({ input: { id, ...what }, context }) => resendMessages(context.deps, { webhookId: id, ...what }, context)),
})
