import { implement } from '@orpc/server'
import { completeSetup } from '../../core/access/complete-setup.ts'
import { isSetupNeeded } from '../../core/access/setup-link.ts'
import { setupContract } from '../contract/setup.ts'
import { createThrottle } from '../http/throttle.ts'
import type { ApiContext } from './context.ts'

const os = implement(setupContract).$context<ApiContext>()
const throttle = createThrottle({ most: 10, windowMs: 60_000 })

export const setupRoutes = os.router({
  status: os.status.handler(async ({ context }) => ({ needed: await isSetupNeeded(context.deps.pool) })),
  complete: os.complete.handler(({ input, context }) => {
    throttle(context.ip)
    return completeSetup(context.deps, input, context.ip)
  }),
})
