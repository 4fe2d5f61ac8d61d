import { oc } from '@orpc/contract'
import { z } from 'zod'
import { byId, pageOf, pageQuery } from './page.ts'
import { time } from './shapes.ts'
import { role } from './users.ts'

export const scope = z.enum([
  'clients:read',
  'clients:write',
  'messages:write',
  'channels:read',
  'channels:write',
  'deliveries:read',
  'deliveries:write',
  'people:read',
  'people:write',
  'events:read',
])

export const apiKey = z.object({
  id: z.uuid(),
  name: z.string(),
  prefix: z.string(),
  role,
  scopes: z.array(scope).describe('empty: everything its role may'),
  createdBy: z.uuid().nullable(),
  createdAt: time,
  lastUsedAt: time.nullable(),
  revokedAt: time.nullable(),
})

export const apiKeysContract = {
  list: oc.route({ method: 'GET', path: '/api-keys' }).input(z.object(pageQuery)).output(pageOf(apiKey)),
  create: oc
    .route({ method: 'POST', path: '/api-keys', successStatus: 201 })
    .input(z.object({ name: z.string().trim().min(1).max(200), role, scopes: z.array(scope).default([]) }))
    .output(z.object({ apiKey, key: z.string().describe('shown once') })),
  revoke: oc.route({ method: 'DELETE', path: '/api-keys/{id}' }).input(byId).output(apiKey),
}
