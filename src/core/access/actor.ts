export const roles = ['operator', 'reviewer', 'manager', 'integrator', 'admin'] as const
export type Role = (typeof roles)[number]

/** Areas an API key can be narrowed to. A key without scopes has all rights of its role. */
export const scopes = [
  'clients:read',
  'clients:write',
  'messages:write',
  'channels:read',
  'channels:write',
  'deliveries:read',
  'deliveries:write',
  'people:read',
  'people:write',
  'events:read',
] as const
export type Scope = (typeof scopes)[number]

/** Who does something. `nobody` has not signed in; `system` is the hub itself and is never made from a request. */
export interface Actor {
  /** User or key id; the nil UUID for `system` and `nobody`. */
  id: string
  kind: 'user' | 'api_key' | 'system' | 'nobody'
  role: Role | 'nobody'
  /** Sees only his own cards, those shared with him, and conversations assigned to him. */
  ownClientsOnly: boolean
  name: string
  scopes?: Scope[]
}

const nilId = '00000000-0000-0000-0000-000000000000'

export const systemActor: Actor = { id: nilId, kind: 'system', role: 'admin', ownClientsOnly: false, name: 'Switchboard' }
export const nobody: Actor = { id: nilId, kind: 'nobody', role: 'nobody', ownClientsOnly: false, name: '' }

/** The id for columns that name a user or key; null for the hub itself. */
export function actorId(actor: Actor): string | null {
  return actor.id === nilId ? null : actor.id
}

export function isRole(text: string): text is Role {
  return roles.some((role) => role === text)
}
