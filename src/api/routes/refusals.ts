import { implement } from '@orpc/server'
import { listRefusals } from '../../core/intake/list-refusals.ts'
import { refusalsContract } from '../contract/refusals.ts'
import type { ApiContext } from './context.ts'

const os = implement(refusalsContract).$context<ApiContext>()

export const refusalsRoutes = os.router({
  list: os.list.handler(({ input, context }) => listRefusals(context.deps, { ...input, seenBy: context.actor })),
})
