import { implement } from '@orpc/server'
import { askReplay, cancelReplay, getReplay, listReplays } from '../../core/replays/ask-replay.ts'
import { replaysContract } from '../contract/replays.ts'
import type { ApiContext } from './context.ts'

const os = implement(replaysContract).$context<ApiContext>()

export const replaysRoutes = os.router({
  list: os.list.handler(({ context }) => listReplays(context.deps, context.actor)),
  create: os.create.handler(({ input, context }) => askReplay(context.deps, input, context)),
  get: os.get.handler(({ input, context }) => getReplay(context.deps, context.actor, input.id)),
  cancel: os.cancel.handler(({ input, context }) => cancelReplay(context.deps, input.id, context)),
})
