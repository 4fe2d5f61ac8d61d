import { implement } from '@orpc/server'
import { checkReach } from '../../core/access/check-reach.ts'
import { readFirm } from '../../core/access/firm-store.ts'
import { updateFirm } from '../../core/access/update-firm.ts'
import { settingsContract } from '../contract/settings.ts'
import type { ApiContext } from './context.ts'

const os = implement(settingsContract).$context<ApiContext>()

export const settingsRoutes = os.router({
  get: os.get.handler(({ context }) => readFirm(context.deps.pool)),
  update: os.update.handler(({ input, context }) => updateFirm(context.deps, input, context)),
  reach: os.reach.handler(({ context }) => checkReach(context.deps.publicUrl)),
})
