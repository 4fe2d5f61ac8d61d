import { type Actor, isRole, type Role } from './actor.ts'

export type Language = 'en' | 'ru'

/** A user in the outside shape. */
export interface UserView {
  id: string
  name: string
  email: string
  role: Role
  ownClientsOnly: boolean
  language: Language
  twoFactor: boolean
  teamIds: string[]
  disabledAt: string | null
  createdAt: string
}

export interface NewUser {
  name: string
  email: string
  role: Role
  ownClientsOnly: boolean
  language: Language
  teamIds: string[]
  passwordHash: string
}

/** Absent fields stay. */
export interface UserChange {
  name?: string | undefined
  role?: Role | undefined
  ownClientsOnly?: boolean | undefined
  language?: Language | undefined
  teamIds?: string[] | undefined
}

/** A role that this version does not know gives the least. */
export function roleOf(row: { role: string }): Role {
  return isRole(row.role) ? row.role : 'reviewer'
}

export function userActor(user: { id: string; name: string; role: string; ownClientsOnly: boolean }): Actor {
  return { id: user.id, kind: 'user', role: roleOf(user), ownClientsOnly: user.ownClientsOnly, name: user.name }
}
