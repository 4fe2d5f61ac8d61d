import { oc } from '@orpc/contract'
import { z } from 'zod'
import { byId, pageOf, pageQuery } from './page.ts'
import { delivery } from './shapes.ts'

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

export const deliveriesContract = {
  list: oc
    .route({ method: 'GET', path: '/deliveries', summary: 'Newest first' })
    .input(z.object({ ...pageQuery, status: status.optional(), channelId: z.uuid().optional() }))
    .output(pageOf(delivery)),
  get: oc.route({ method: 'GET', path: '/deliveries/{id}' }).input(byId).output(deliveryDetail),
  replay: oc
    .route({ method: 'POST', path: '/deliveries/{id}/replay', successStatus: 202, summary: 'Read and apply it anew; nothing is sent' })
    .input(byId)
    .output(delivery),
}
