import { oc } from '@orpc/contract'
import { z } from 'zod'
import { byId, pageOf, pageQuery } from './page.ts'
import { time } from './shapes.ts'

export const quarantined = z.object({
  id: z.uuid(),
  channelId: z.uuid(),
  deliveryId: z.uuid(),
  reason: z.string(),
  kind: z.string().describe('message or form'),
  from: z.string().nullable().describe('name and identities of the sender'),
  subject: z.string().nullable(),
  text: z.string(),
  occurredAt: time,
  receivedAt: time,
  releasedAt: time.nullable(),
  releasedBy: z.uuid().nullable(),
})

export const quarantineContract = {
  list: oc
    .route({ method: 'GET', path: '/quarantine', summary: 'Spam and robots, newest first' })
    .input(z.object({ ...pageQuery, channelId: z.uuid().optional(), released: z.enum(['true', 'false']).default('false') }))
    .output(pageOf(quarantined)),
  release: oc
    .route({ method: 'POST', path: '/quarantine/{id}/release', summary: 'Not spam: onto a card, at its original time' })
    .input(byId)
    .output(quarantined),
}
