import { implement } from '@orpc/server'
import { listAudit } from '../../core/access/list-audit.ts'
import { auditContract } from '../contract/audit.ts'
import type { ApiContext } from './context.ts'

const os = implement(auditContract).$context<ApiContext>()

export const auditRoutes = os.router({
  list: os.list.handler(({ input, context }) => listAudit(context.deps, input)),
})
