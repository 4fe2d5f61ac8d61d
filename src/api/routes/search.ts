import { implement } from '@orpc/server'
import { search } from '../../core/search/search.ts'
import { searchContract } from '../contract/search.ts'
import type { ApiContext } from './context.ts'

const os = implement(searchContract).$context<ApiContext>()

export const searchRoutes = os.router({
  find: os.find.handler(({ input, context }) => search(context.deps, context.actor, input)),
})
