import { implement } from '@orpc/server'
import { recordAudit } from '../../core/access/audit.ts'
import { listQuarantine, readQuarantined } from '../../core/intake/list-quarantine.ts'
import { quarantineContract } from '../contract/quarantine.ts'
import type { ApiContext } from './context.ts'

const os = implement(quarantineContract).$context<ApiContext>()

export const quarantineRoutes = os.router({
  list: os.list.handler(({ input: { released, ...input }, context }) =>
    listQuarantine(context.deps, { ...input, isReleased: released === 'true', seenBy: context.actor }),
  ),
  release: os.release.handler(async ({ input, context }) => {
    const { deps, actor } = context
    await readQuarantined(deps.pool, input.id, actor)
    await deps.intake.release(input.id, actor)
    await recordAudit(deps.pool, context, { action: 'quarantine.released', subject: input.id })
    return await readQuarantined(deps.pool, input.id, actor)
  }),
})
