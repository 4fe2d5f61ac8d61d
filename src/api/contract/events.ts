import { oc } from '@orpc/contract'
import { z } from 'zod'
import { time } from './shapes.ts'

export const liveItem = z.object({
  cursor: z.string(),
  type: z.enum([
    'entry.created',
    'entry.changed',
    'contact.created',
    'contact.changed',
    'conversation.changed',
    'lead.created',
    'lead.changed',
    'channel.changed',
    'delivery.changed',
    'refusal.created',
    'quarantine.changed',
    'user.changed',
    'suggestion.changed',
    'draft.changed',
    'webhook.changed',
    'call.changed',
    'call.joined',
    'conversation.offered',
    'presence.changed',
    'routing.changed',
    'work.handed_over',
    'task.changed',
    'task.due',
    'contacts.changed',
    'import.changed',
    'export.changed',
    'replay.changed',
  ]),
  at: time,
  contactId: z.uuid().nullable(),
  conversationId: z.uuid().nullable(),
  channelId: z.uuid().nullable(),
  subjectId: z.string().nullable(),
  payload: z.record(z.string(), z.unknown()),
})
export type LiveItemShape = z.infer<typeof liveItem>

export const eventsContract = {
  list: oc
    .route({ method: 'GET', path: '/events', summary: 'The live stream as pages; 410 cursor_expired: load everything anew' })
    .input(z.object({ after: z.string().max(50).optional(), limit: z.coerce.number<number>().int().min(1).max(1000).default(200) }))
    .output(z.object({ items: z.array(liveItem), cursor: z.string().describe('for the next call, also when there are no items') })),
}
