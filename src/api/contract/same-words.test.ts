import { expect, test } from 'vitest'
import type { z } from 'zod'
import { roles, scopes } from '../../core/access/actor.ts'
import { columnTargets } from '../../core/imports/import.ts'
import { liveEventTypes } from '../../core/realtime/live-event.ts'
import { factNames } from '../../core/reports/facts.ts'
import { firingReasons } from '../../core/rules/rule.ts'
import { webhookTypes } from '../../core/webhooks/webhook.ts'
import { scope } from './api-keys.ts'
import { liveItem } from './events.ts'
import { columnTarget } from './imports.ts'
import { fact } from './reports.ts'
import { firingReason } from './rules.ts'
import { role } from './users.ts'
import { webhookType } from './webhooks.ts'

// The console may read the contract alone, and the contract nothing of the core: what both list is written twice, and here held equal.

test.each<[string, readonly string[], z.ZodEnum]>([
  ['roles', roles, role],
  ['scopes of keys', scopes, scope],
  ['live events', liveEventTypes, liveItem.shape.type],
  ['events of webhooks', webhookTypes, webhookType],
  ['reasons of rules', firingReasons, firingReason],
  ['what a column can be', columnTargets, columnTarget],
  ['numbers of reports', factNames, fact],
])('%s are the same in contract and core', (_what, ofCore, ofContract) => {
  expect(ofContract.options.map(String).sort()).toEqual([...ofCore].sort())
})
