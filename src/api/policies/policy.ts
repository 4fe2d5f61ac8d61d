import { type Actor, type Role, roles, type Scope } from '../../core/access/actor.ts'
import type { ErrorCode } from '../../core/errors.ts'
import type { Operation } from '../contract/operations.ts'

/** `anyone`: without signing in. Otherwise the roles that may, and the scope that a narrowed API key needs (null: none will do). */
export type Rule = 'anyone' | { roles: readonly Role[]; scope: Scope | null }

const everyone = roles
const admins = ['admin'] as const
const leaders = ['manager', 'admin'] as const

/** Who may do what: the only place that says it. Complete by type; `tests/flows/access.test.ts` calls every operation as every role. */
export const policies: Record<Operation, Rule> = {
  'teams.list': { roles: everyone, scope: 'people:read' },
  'teams.get': { roles: everyone, scope: 'people:read' },
  'teams.create': { roles: leaders, scope: 'people:write' },
  'teams.update': { roles: leaders, scope: 'people:write' },
  'teams.delete': { roles: admins, scope: 'people:write' },

  'attachments.upload': { roles: ['operator', 'manager', 'admin'], scope: 'messages:write' },
  'attachments.download': { roles: ['operator', 'reviewer', 'manager', 'admin'], scope: 'clients:read' },
  'entries.html': { roles: ['operator', 'reviewer', 'manager', 'admin'], scope: 'clients:read' },
  'deliveries.body': { roles: ['integrator', 'admin'], scope: 'deliveries:read' },
}

/** The code of the refusal, or undefined when the actor may. */
export function refusal(actor: Actor, operation: Operation): ErrorCode | undefined {
  const rule = policies[operation]
  if (rule === 'anyone') return undefined
  const { role } = actor
  if (role === 'nobody') return 'not_signed_in'
  if (!rule.roles.includes(role)) return 'forbidden'
  const narrowedTo = actor.scopes ?? []
  if (narrowedTo.length > 0 && (rule.scope === null || !narrowedTo.includes(rule.scope))) return 'missing_scope'
  return undefined
}

export function isOperation(path: string): path is Operation {
  return Object.hasOwn(policies, path)
}
