import { implement } from '@orpc/server'
import { completeSetup } from '../../core/access/complete-setup.ts'
import { isSetupNeeded } from '../../core/access/setup-link.ts'
import { createThrottle } from '../../core/access/throttle.ts'
import { CoreError } from '../../core/errors.ts'
import { setupContract } from '../contract/setup.ts'
import type { ApiContext } from './context.ts'

const os = implement(setupContract).$context<ApiContext>()
const throttle = createThrottle()
const guesses = { window: 60, max: 10 }

export const setupRoutes = os.router({
  status: os.status.handler(async ({ context: { deps } }) => ({ needed: await isSetupNeeded(deps.pool), signInElsewhere: deps.signIn.hasElsewhere })),
  complete: os.complete.handler(({ input, context }) => {
    const { allowed, retryAfter } = throttle(context.ip, guesses)
    if (!allowed) throw new CoreError('too_many_requests', undefined, { retryAfterSeconds: retryAfter })
    return completeSetup(context.deps, input, context.ip)
  }),
})
