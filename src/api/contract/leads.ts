import { oc } from '@orpc/contract'
import { z } from 'zod'
import { byId, pageOf, pageQuery } from './page.ts'
import { lead } from './shapes.ts'

const status = z.enum(['new', 'working', 'won', 'lost', 'junk'])
const topic = z.string().max(300)

export const leadsContract = {
  list: oc
    .route({ method: 'GET', path: '/leads', summary: 'Newest first' })
    .input(z.object({ ...pageQuery, contactId: z.uuid().optional(), status: status.optional(), ownerId: z.uuid().optional() }))
    .output(pageOf(lead)),
  counts: oc.route({ method: 'GET', path: '/leads/counts', summary: 'How many by status' }).output(z.record(z.string(), z.number().int())),
  create: oc
    .route({ method: 'POST', path: '/leads', successStatus: 201 })
    .input(z.object({ contactId: z.uuid(), topic: topic.default(''), ownerId: z.uuid().nullable().optional() }))
    .output(lead),
  get: oc.route({ method: 'GET', path: '/leads/{id}' }).input(byId).output(lead),
  update: oc
    .route({ method: 'PATCH', path: '/leads/{id}', summary: '`won` makes the contact a client; `lost` needs a reason' })
    .input(
      byId.extend({
        status: status.optional(),
        topic: topic.optional(),
        lostReason: z.string().max(500).nullable().optional(),
        ownerId: z.uuid().nullable().optional(),
      }),
    )
    .output(lead),
}
