import { oc } from '@orpc/contract'
import { z } from 'zod'
import { pageOf, pageQuery } from './page.ts'
import { time } from './shapes.ts'

export const auditRecord = z.object({
  id: z.uuid(),
  at: time,
  actorId: z.uuid().nullable(),
  actor: z.string().describe('user, api_key, system or nobody'),
  action: z.string().describe('user.signed_in, channel.created, contact.exported …'),
  subject: z.string().nullable(),
  subjectName: z.string().nullable().describe('of a card: what it is called now; null: not a card, or erased'),
  detail: z.unknown(),
  ip: z.string().nullable(),
})

export const auditContract = {
  list: oc
    .route({ method: 'GET', path: '/audit', summary: 'Newest first' })
    .input(
      z.object({
        ...pageQuery,
        actorId: z.uuid().optional(),
        action: z.string().max(100).optional().describe('exact, or the part before the dot'),
        subject: z.string().max(100).optional(),
      }),
    )
    .output(pageOf(auditRecord)),
}
