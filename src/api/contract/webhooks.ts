import { oc } from '@orpc/contract'
import { z } from 'zod'
import { byId, nothing, pageOf, pageQuery } from './page.ts'
import { localised, time } from './shapes.ts'

export const webhookType = z.enum([
  'entry.created',
  'entry.changed',
  'contact.created',
  'contact.changed',
  'lead.created',
  'lead.changed',
  'conversation.changed',
  'call.changed',
  'channel.changed',
])

const fields = {
  name: z.string().trim().min(1).max(100),
  url: z.url().max(2000),
  types: z.array(webhookType).min(1),
  allowPrivate: z.boolean().describe('administrators only: the address may be in a private network'),
}

const webhook = z.object({
  id: z.uuid(),
  ...fields,
  url: z.string(),
  state: z
    .enum(['active', 'paused', 'disabled', 'unapproved'])
    .describe('disabled: by its own failures; unapproved: an administrator has to resume it'),
  reason: z.enum(['silent', 'gone', 'missed']).nullable(),
  failingSince: time.nullable(),
  lastDeliveredAt: time.nullable(),
  oldSecretUntil: time.nullable().describe('until then messages are signed with the old secret too'),
  due: z.number().int(),
  failed: z.number().int(),
  createdAt: time,
})
const withSecret = z.object({ webhook, secret: z.string().describe('whsec_…, shown once') })

const attempt = z.object({
  status: z.number().int().nullable().describe('null: there was no answer'),
  error: z.string().nullable(),
  latencyMs: z.number().int(),
  answer: z.string().describe('the first kilobyte'),
})

const message = z.object({
  id: z.uuid().describe('`webhook-id` is this behind `msg_`'),
  type: webhookType,
  at: time,
  status: z.enum(['due', 'delivered', 'failed']),
  attempts: z.number().int(),
  nextAttemptAt: time.nullable(),
  lastStatus: z.number().int().nullable(),
  lastError: z.string().nullable(),
  isKept: z.boolean().describe('it can be sent again: events are kept for seven days'),
})
const byMessage = byId.extend({ messageId: z.uuid() })

export const webhooksContract = {
  events: oc
    .route({ method: 'GET', path: '/webhook-events', summary: 'The catalogue: every type with the JSON Schema of its body' })
    .input(z.object({}))
    .output(z.object({ items: z.array(z.object({ type: z.string(), title: localised, schema: z.record(z.string(), z.unknown()) })) })),
  list: oc
    .route({ method: 'GET', path: '/webhooks' })
    .input(z.object({}))
    .output(z.object({ items: z.array(webhook) })),
  create: oc
    .route({ method: 'POST', path: '/webhooks', successStatus: 201, summary: 'Signed by the Standard Webhooks scheme' })
    .input(z.object({ ...fields, allowPrivate: fields.allowPrivate.default(false) }))
    .output(withSecret),
  update: oc
    .route({ method: 'PATCH', path: '/webhooks/{id}' })
    .input(byId.extend(z.object(fields).partial().shape))
    .output(webhook),
  delete: oc.route({ method: 'DELETE', path: '/webhooks/{id}' }).input(byId).output(nothing),
  pause: oc.route({ method: 'POST', path: '/webhooks/{id}/pause' }).input(byId).output(webhook),
  resume: oc
    .route({ method: 'POST', path: '/webhooks/{id}/resume', summary: 'Goes on where it stopped, up to seven days back; with `skipMissed` from now' })
    .input(byId.extend({ skipMissed: z.boolean().default(false) }))
    .output(webhook),
  rotateSecret: oc
    .route({ method: 'POST', path: '/webhooks/{id}/rotate-secret', summary: 'For a day messages carry both signatures' })
    .input(byId)
    .output(withSecret),
  test: oc.route({ method: 'POST', path: '/webhooks/{id}/test', summary: 'Sends `webhook.test` now' }).input(byId).output(attempt),
  messages: oc
    .route({ method: 'GET', path: '/webhooks/{id}/messages', summary: 'The delivery log, newest first' })
    .input(byId.extend({ ...pageQuery, status: z.enum(['due', 'delivered', 'failed']).optional() }))
    .output(pageOf(message)),
  attempts: oc
    .route({ method: 'GET', path: '/webhooks/{id}/messages/{messageId}/attempts' })
    .input(byMessage)
    .output(z.object({ items: z.array(attempt.extend({ id: z.uuid(), at: time })) })),
  resend: oc
    .route({ method: 'POST', path: '/webhooks/{id}/messages/{messageId}/resend', summary: 'With the same `webhook-id`' })
    .input(byMessage)
    .output(z.object({ due: z.number().int() })),
  resendSince: oc
    .route({ method: 'POST', path: '/webhooks/{id}/resend', summary: 'Everything since a time; with `onlyFailed` what was not delivered' })
    .input(byId.extend({ since: z.iso.datetime(), onlyFailed: z.boolean().default(true) }))
    .output(z.object({ due: z.number().int() })),
}
