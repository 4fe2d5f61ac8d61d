import type { Actor } from '../../core/access/actor.ts'
import type { ErrorCode } from '../../core/errors.ts'
import type { Operation } from '../contract/operations.ts'
import { automationPolicies } from './automation-policies.ts'
import { callPolicies } from './call-policies.ts'
import { channelPolicies } from './channel-policies.ts'
import { clientPolicies } from './client-policies.ts'
import { movingPolicies } from './moving-policies.ts'
import { peoplePolicies } from './people-policies.ts'
import { reportPolicies } from './report-policies.ts'
import type { Rule } from './rule.ts'

/** Who may do what: one table, complete by type. `tests/flows/access.test.ts` calls every operation as every role and compares with it. */
export const policies: Record<Operation, Rule> = {
  ...peoplePolicies,
  ...channelPolicies,
  ...callPolicies,
  ...clientPolicies,
  ...movingPolicies,
  ...automationPolicies,
  ...reportPolicies,
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

/** Every operation that the actor may call. */
export function rightsOf(actor: Actor): Operation[] {
  return Object.keys(policies)
    .filter(isOperation)
    .filter((operation) => refusal(actor, operation) === undefined)
}
