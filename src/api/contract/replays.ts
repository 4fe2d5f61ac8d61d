import { oc } from '@orpc/contract'
import { z } from 'zod'
import { deliveryFilter } from './deliveries.ts'
import { byId } from './page.ts'
import { time } from './shapes.ts'

const count = z.number().int()
const filter = z.object(deliveryFilter)

const replay = z.object({
  id: z.uuid(),
  filter,
  status: z.enum(['waiting', 'running', 'done', 'cancelled', 'failed']),
  error: z.string().nullable(),
  total: count.nullable().describe('deliveries; null: not counted yet'),
  done: count,
  rewritten: count.describe('entries whose content was read anew; the former is kept as a version'),
  added: count.describe('events applied for the first time'),
  unchanged: count,
  superseded: count.describe('events that are no longer read; their entries stay'),
  failed: count.describe('deliveries that are as they were'),
  failures: z.array(z.object({ id: z.uuid(), reason: z.string().describe('not_found, fault, ends_worker') })).describe('the first hundred'),
  actorId: z.uuid().nullable(),
  createdAt: time,
  finishedAt: time.nullable(),
})

export const replaysContract = {
  list: oc
    .route({ method: 'GET', path: '/deliveries/replays', summary: 'The latest replays of many deliveries' })
    .output(z.object({ items: z.array(replay) })),
  create: oc
    .route({
      method: 'POST',
      path: '/deliveries/replays',
      successStatus: 202,
      summary: 'Replays all that the filter leaves, in the background; nothing is sent. `until` absent: until now',
    })
    .input(filter)
    .output(replay),
  get: oc.route({ method: 'GET', path: '/deliveries/replays/{id}' }).input(byId).output(replay),
  cancel: oc
    .route({ method: 'POST', path: '/deliveries/replays/{id}/cancel', summary: 'What is replayed already stays so' })
    .input(byId)
    .output(replay),
}
