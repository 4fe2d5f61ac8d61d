import { oc } from '@orpc/contract'
import { z } from 'zod'
import { byId } from './page.ts'
import { callOutcome, time } from './shapes.ts'

const kind = z.enum(['contacts', 'companies', 'leads', 'entries', 'calls'])
const format = z.enum(['csv', 'xlsx'])
const filter = z.object({
  query: z.string().max(200).optional(),
  stage: z.enum(['lead', 'client']).optional(),
  ownerId: z.uuid().optional(),
  companyId: z.uuid().optional(),
  contactId: z.uuid().optional(),
  status: z.enum(['new', 'working', 'won', 'lost', 'junk']).optional(),
  userId: z.uuid().optional(),
  direction: z.enum(['inbound', 'outbound', 'internal']).optional(),
  outcome: callOutcome.optional(),
  missed: z.boolean().optional(),
  minSeconds: z.number().int().min(0).optional(),
  maxSeconds: z.number().int().min(0).optional(),
  dialled: z.string().max(100).optional(),
  reviewed: z.boolean().optional(),
  sampled: z.iso.date().optional().describe('drawn by chance for review on this day'),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
})

export const exportShape = z.object({
  id: z.uuid(),
  kind,
  format,
  filter,
  status: z.enum(['waiting', 'running', 'done', 'cancelled', 'failed']),
  error: z.string().nullable(),
  done: z.number().int().describe('rows written'),
  size: z.number().int().describe('bytes'),
  createdAt: time,
  finishedAt: time.nullable(),
  expiresAt: time,
  url: z.string().nullable().describe('once it is done; for who asked, until it expires'),
})

export const exportsContract = {
  list: oc
    .route({ method: 'GET', path: '/exports', summary: 'Your own that can still be fetched' })
    .output(z.object({ items: z.array(exportShape) })),
  create: oc
    .route({ method: 'POST', path: '/exports', successStatus: 201, summary: 'Has a file written of all that you may see' })
    .input(z.object({ kind, format: format.default('csv'), filter: filter.default({}), language: z.enum(['ru', 'en']).optional() }))
    .output(exportShape),
  get: oc.route({ method: 'GET', path: '/exports/{id}' }).input(byId).output(exportShape),
  cancel: oc.route({ method: 'POST', path: '/exports/{id}/cancel' }).input(byId).output(exportShape),
}
