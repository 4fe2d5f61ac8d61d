import { type Role, roles, type Scope } from '../../core/access/actor.ts'

/** `anyone`: without signing in. Otherwise the roles that may, and the scope that a narrowed API key needs (null: none will do). */
export type Rule = 'anyone' | { roles: readonly Role[]; scope: Scope | null }

export const everyone: readonly Role[] = roles
/** Who sees clients. */
export const readers: readonly Role[] = ['operator', 'reviewer', 'manager', 'admin']
/** Who works with clients. */
export const workers: readonly Role[] = ['operator', 'manager', 'admin']
/** Who looks at the work of others. */
export const reviewers: readonly Role[] = ['reviewer', 'manager', 'admin']
export const leaders: readonly Role[] = ['manager', 'admin']
/** Who says when the firm is open and how work is shared, by team or by channel. */
export const planners: readonly Role[] = ['manager', 'integrator', 'admin']
/** Who connects channels and looks after what they bring. */
export const connectors: readonly Role[] = ['integrator', 'admin']
export const admins: readonly Role[] = ['admin']
