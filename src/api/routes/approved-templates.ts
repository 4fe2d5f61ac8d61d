import { implement } from '@orpc/server'
import { approvedTemplatesContract } from '../contract/approved-templates.ts'
import type { ApiContext } from './context.ts'

const os = implement(approvedTemplatesContract).$context<ApiContext>()

export const approvedTemplatesRoutes = os.router({
  list: os.list.handler(async ({ input, context }) => ({ items: await context.deps.approved.list(input.id, input.fresh), nextCursor: null })),
})
