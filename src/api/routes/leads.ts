import { implement } from '@orpc/server'
import { changeLead, openLead } from '../../core/leads/change-lead.ts'
import { countLeads } from '../../core/leads/lead-store.ts'
import { listLeads, readLead } from '../../core/leads/list-leads.ts'
import { leadsContract } from '../contract/leads.ts'
import type { ApiContext } from './context.ts'

const os = implement(leadsContract).$context<ApiContext>()

export const leadsRoutes = os.router({
  list: os.list.handler(({ input, context }) => listLeads(context.deps, context.actor, input)),
  counts: os.counts.handler(({ context }) => countLeads(context.deps.pool, context.actor)),
  create: os.create.handler(({ input, context }) => openLead(context.deps, input, context)),
  get: os.get.handler(({ input, context }) => readLead(context.deps, context.actor, input.id)),
  update: os.update.handler(({ input: { id, ...patch }, context }) => changeLead(context.deps, id, patch, context)),
})
