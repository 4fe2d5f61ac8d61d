import { oc } from '@orpc/contract'
import { z } from 'zod'
import { byId, pageOf, pageQuery } from './page.ts'
import { delivery, time } from './shapes.ts'

const status = z.enum(['received', 'held', 'applied', 'ignored', 'parked'])

export const deliveryDetail = delivery.extend({
  method: z.string(),
  path: z.string(),
  query: z.string(),
  headers: z.record(z.string(), z.string()),
  dedupeKey: z.string(),
  sha256: z.string(),
  body: z.string().nullable().describe('the first 64 kB as text; null: not text, see /deliveries/{id}/body'),
  bodyTruncated: z.boolean(),
})

const eventChange = z.object({
  key: z.string(),
  kind: z.string(),
  change: z.enum(['new', 'changed', 'same', 'gone']),
  entryId: z.uuid().nullable(),
  fields: z.array(z.object({ field: z.enum(['subject', 'text', 'html', 'source']), before: z.unknown(), after: z.unknown() })),
})
const replayPreview = z.object({
  id: z.uuid(),
  channelId: z.uuid(),
  receivedAt: time,
  waits: z.boolean().describe('not applied yet: a replay leaves it to the queue'),
  events: z.array(eventChange),
})
export const deliveryFilter = {
  status: status.optional(),
  channelId: z.uuid().optional(),
  from: z.iso.datetime().optional().describe('this moment and later'),
  until: z.iso.datetime().optional().describe('before this moment'),
  query: z.string().max(200).optional().describe('in the bytes as they came, the key, or what was read; among the newest 20 000'),
  tests: z.enum(['none', 'only', 'all']).optional().describe('absent: tests too, but for removed ones'),
}
/** A page of a window is worked through while the caller waits. */
const windowPage = { ...deliveryFilter, cursor: z.string().max(500).optional(), limit: z.coerce.number().int().min(1).max(100).default(50) }
const count = z.number().int()

export const deliveriesContract = {
  list: oc
    .route({ method: 'GET', path: '/deliveries', summary: 'Newest first' })
    .input(z.object({ ...pageQuery, ...deliveryFilter }))
    .output(pageOf(delivery)),
  get: oc.route({ method: 'GET', path: '/deliveries/{id}' }).input(byId).output(deliveryDetail),
  replay: oc
    .route({ method: 'POST', path: '/deliveries/{id}/replay', successStatus: 202, summary: 'Read and apply it anew; nothing is sent' })
    .input(byId)
    .output(delivery),
  previewReplay: oc
    .route({ method: 'GET', path: '/deliveries/{id}/replay-preview', summary: 'What a replay would change; nothing is done' })
    .input(byId)
    .output(replayPreview),
  previewWindow: oc
    .route({ method: 'GET', path: '/deliveries/replay-preview', summary: 'The same for a window, page by page: those that would change' })
    .input(z.object(windowPage))
    .output(z.object({ items: z.array(replayPreview), checked: count, nextCursor: z.string().nullable() })),
  mark: oc
    .route({ method: 'POST', path: '/deliveries/{id}/test', summary: 'Says that it is a test, or that it is none: then it is applied' })
    .input(byId.extend({ isTest: z.boolean() }))
    .output(delivery),
  removeTests: oc
    .route({ method: 'POST', path: '/deliveries/remove-tests', summary: 'Takes what these tests made off the cards; what people built on stays' })
    .input(z.object({ ids: z.array(z.uuid()).min(1).max(100) }))
    .output(
      z.object({
        items: z.array(
          z.object({
            id: z.uuid(),
            is: z.enum(['removed', 'kept', 'gone_before']),
            reason: z.enum(['answered', 'written', 'task', 'call', 'goes_on']).nullable().describe('why it is kept'),
            entries: count,
            leads: count,
            contacts: count,
            left: z.array(z.enum(['lead_worked', 'contact_has_more', 'address_used'])).describe('what stays although its entries are gone'),
          }),
        ),
      }),
    ),
}
