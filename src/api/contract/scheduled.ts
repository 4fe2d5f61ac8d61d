import { oc } from '@orpc/contract'
import { z } from 'zod'
import { buttons, chosenTemplate } from './conversations.ts'
import { byId, nothing } from './page.ts'
import { time } from './shapes.ts'

const scheduled = z.object({
  id: z.uuid(),
  conversationId: z.uuid(),
  authorId: z.uuid().nullable(),
  text: z.string(),
  subject: z.string().nullable(),
  attachments: z.number().int(),
  sendAt: time,
  state: z.enum(['scheduled', 'held']),
  reason: z.enum(['newer', 'overdue', 'failed']).nullable().describe('why it is held: something newer came, an hour late, cannot be sent'),
  detail: z.string().nullable(),
})

export const scheduledContract = {
  list: oc
    .route({ method: 'GET', path: '/contacts/{id}/scheduled', summary: 'What will be sent to a client, and what waits for a decision' })
    .input(byId)
    .output(z.object({ items: z.array(scheduled) })),
  create: oc
    .route({
      method: 'POST',
      path: '/conversations/{id}/scheduled',
      successStatus: 201,
      summary: 'Sends a message at a time; held instead when something newer has come by then',
    })
    .input(
      byId.extend({
        text: z.string().max(100_000),
        attachments: z.array(z.uuid()).max(50).optional(),
        subject: z.string().max(1000).optional(),
        cc: z
          .array(z.object({ kind: z.string(), value: z.string() }))
          .max(100)
          .optional(),
        template: chosenTemplate.optional(),
        buttons,
        lastSeenCursor: z.string().max(100).optional(),
        sendAt: z.iso.datetime(),
      }),
    )
    .output(scheduled),
  send: oc.route({ method: 'POST', path: '/scheduled/{id}/send', summary: 'Now, whatever has come meanwhile' }).input(byId).output(nothing),
  cancel: oc.route({ method: 'DELETE', path: '/scheduled/{id}' }).input(byId).output(nothing),
}
