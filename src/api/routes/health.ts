import { implement } from '@orpc/server'
import { askBackup } from '../../core/backup/ask-backup.ts'
import { readHealth } from '../../core/health/read-health.ts'
import { healthContract } from '../contract/health.ts'
import type { ApiContext } from './context.ts'

const os = implement(healthContract).$context<ApiContext>()

export const healthRoutes = os.router({
  get: os.get.handler(({ context }) => readHealth(context.deps)),
  backUp: os.backUp.handler(async ({ context }) => {
    await askBackup(context.deps, context)
    return { isAsked: true as const }
  }),
})
