import { implement } from '@orpc/server'
import { changeCompany, createCompany } from '../../core/companies/change-company.ts'
import { readCompany } from '../../core/companies/company-store.ts'
import { listCompanies } from '../../core/companies/list-companies.ts'
import { readCompanyTimeline } from '../../core/timeline/read-timeline.ts'
import { companiesContract } from '../contract/companies.ts'
import type { ApiContext } from './context.ts'
import { timelineInput } from './timeline.ts'

const os = implement(companiesContract).$context<ApiContext>()

export const companiesRoutes = os.router({
  list: os.list.handler(({ input, context }) => listCompanies(context.deps, input)),
  create: os.create.handler(({ input, context }) => createCompany(context.deps, input)),
  get: os.get.handler(({ input, context }) => readCompany(context.deps.pool, input.id)),
  update: os.update.handler(({ input: { id, ...patch }, context }) => changeCompany(context.deps, id, patch)),
  timeline: os.timeline.handler(({ input, context }) => readCompanyTimeline(context.deps, context.actor, input.id, timelineInput(input))),
})
