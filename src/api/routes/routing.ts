import { implement } from '@orpc/server'
import { choosePresence } from '../../core/routing/follow-presence.ts'
import { saveUntouchedSettings } from '../../core/routing/list-untouched.ts'
import { selectPresence } from '../../core/routing/presence-store.ts'
import { readUntouched } from '../../core/routing/read-untouched.ts'
import { openFrom, readRuleOf, readRules } from '../../core/routing/rule-store.ts'
import { saveRule } from '../../core/routing/save-rule.ts'
import { readUntouchedSettings } from '../../core/routing/untouched-store.ts'
import { presenceContract, routingContract, untouchedContract } from '../contract/routing.ts'
import type { ApiContext } from './context.ts'

const routing = implement(routingContract).$context<ApiContext>()
const presence = implement(presenceContract).$context<ApiContext>()
const untouched = implement(untouchedContract).$context<ApiContext>()

export const routingRoutes = routing.router({
  rules: routing.rules.handler(async ({ context }) => ({ items: await readRules(context.deps.pool) })),
  save: routing.save.handler(({ input: { scope, subjectId, rule }, context }) =>
    saveRule(context.deps, { scope, subjectId: subjectId === 'firm' ? null : subjectId, rule }, context),
  ),
  hours: routing.hours.handler(async ({ input, context: { deps } }) => {
    const now = new Date()
    const { hours } = await readRuleOf(deps.pool, input.channelId ?? null, input.teamId ?? null)
    const opensAt = await openFrom(deps.pool, hours, now)
    return { isOpen: opensAt?.getTime() === now.getTime(), opensAt: opensAt?.toISOString() ?? null }
  }),
})

export const presenceRoutes = presence.router({
  list: presence.list.handler(async ({ context }) => ({ items: await selectPresence(context.deps.pool) })),
  choose: presence.choose.handler(({ input, context }) => choosePresence(context.deps, context.actor.id, input.state)),
})

export const untouchedRoutes = untouched.router({
  list: untouched.list.handler(({ input, context }) => readUntouched(context.deps, context.actor, input)),
  settings: untouched.settings.handler(({ context }) => readUntouchedSettings(context.deps.pool)),
  update: untouched.update.handler(({ input, context }) => saveUntouchedSettings(context.deps, input, context)),
})
