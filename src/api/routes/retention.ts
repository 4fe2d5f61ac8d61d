import { implement } from '@orpc/server'
import { readRetention, selectOutdated } from '../../core/recordings/retention-store.ts'
import { saveRetention } from '../../core/recordings/save-retention.ts'
import { retentionContract } from '../contract/retention.ts'
import type { ApiContext } from './context.ts'

const os = implement(retentionContract).$context<ApiContext>()

export const retentionRoutes = os.router({
  get: os.get.handler(async ({ context }) => ({ rules: await readRetention(context.deps.pool) })),
  save: os.save.handler(async ({ input, context }) => ({ rules: await saveRetention(context.deps, input.rules, context) })),
  preview: os.preview.handler(({ input, context }) => selectOutdated(context.deps.pool, input.rules, new Date())),
})
