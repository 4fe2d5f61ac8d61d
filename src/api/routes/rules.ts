import { implement } from '@orpc/server'
import { z } from 'zod'
import { decodeCursor, encodeCursor, toPage } from '../../core/database/page-cursor.ts'
import { deleteRule, pauseRule, saveRuleOf } from '../../core/rules/change-rule.ts'
import { dryRunRule } from '../../core/rules/dry-run-rule.ts'
import { selectFirings, selectRules } from '../../core/rules/rule-store.ts'
import { rulesContract } from '../contract/rules.ts'
import type { ApiContext } from './context.ts'

const os = implement(rulesContract).$context<ApiContext>()

export const rulesRoutes = os.router({
  list: os.list.handler(async ({ context }) => ({ items: await selectRules(context.deps.pool) })),
  create: os.create.handler(({ input, context }) => saveRuleOf(context.deps, undefined, input, context)),
  update: os.update.handler(({ input: { id, ...rule }, context }) => saveRuleOf(context.deps, id, rule, context)),
  pause: os.pause.handler(({ input, context }) => pauseRule(context.deps, input.id, true, context)),
  resume: os.resume.handler(({ input, context }) => pauseRule(context.deps, input.id, false, context)),
  delete: os.delete.handler(async ({ input, context }) => {
    await deleteRule(context.deps, input.id, context)
    return {}
  }),
  dryRun: os.dryRun.handler(({ input, context }) => dryRunRule(context.deps, input)),
  firings: os.firings.handler(async ({ input: { cursor, limit, ...filter }, context }) => {
    const before = cursor ? decodeCursor(cursor, z.tuple([z.uuid()]))[0] : undefined
    const rows = await selectFirings(context.deps.pool, { ...filter, before, limit: limit + 1 })
    return toPage(rows, limit, (row) => encodeCursor([row.id]))
  }),
})
