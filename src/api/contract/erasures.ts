import { oc } from '@orpc/contract'
import { z } from 'zod'
import { byId } from './page.ts'
import { time } from './shapes.ts'

const count = z.number().int()

export const erasureShape = z.object({
  id: z.uuid(),
  status: z.enum(['waiting', 'running', 'done', 'failed']),
  askedAt: time,
  doneAt: time.nullable(),
  actorId: z.uuid().nullable(),
  failure: z.string().nullable(),
  certificate: z
    .object({
      removed: z.record(z.string(), count),
      redacted: z.record(z.string(), count),
      deliveries: z.object({ removed: count, redacted: count, emptied: count }),
      files: count,
      sharedIdentities: count,
      tombstones: count,
    })
    .partial()
    .describe('what was removed, in numbers: no personal data'),
})

export const personExportShape = z.object({
  id: z.uuid(),
  contactId: z.uuid(),
  status: z.enum(['waiting', 'done', 'failed', 'expired']),
  language: z.enum(['ru', 'en']),
  size: count.nullable().describe('bytes'),
  failure: z.string().nullable(),
  askedAt: time,
  doneAt: time.nullable(),
  expiresAt: time,
})

export const erasuresContract = {
  create: oc
    .route({
      method: 'POST',
      path: '/contacts/{id}/erase',
      successStatus: 202,
      summary: 'Erases a person for ever, with all merged cards; confirmed by the name as it stands on the card',
    })
    .input(byId.extend({ confirmation: z.string().min(1).max(500) }))
    .output(erasureShape),
  list: oc
    .route({ method: 'GET', path: '/erasures', summary: 'Newest first' })
    .input(z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) }))
    .output(z.object({ items: z.array(erasureShape) })),
  get: oc.route({ method: 'GET', path: '/erasures/{id}' }).input(byId).output(erasureShape),
}

export const personExportsContract = {
  create: oc
    .route({
      method: 'POST',
      path: '/contacts/{id}/export',
      successStatus: 202,
      summary: 'Everything that is kept about a person, as a ZIP that he can read',
    })
    .input(byId.extend({ language: z.enum(['ru', 'en']).default('ru') }))
    .output(personExportShape),
  list: oc
    .route({ method: 'GET', path: '/contacts/{id}/exports', summary: 'Those of this person that are kept' })
    .input(byId)
    .output(z.object({ items: z.array(personExportShape) })),
}
