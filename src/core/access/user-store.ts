import { z } from 'zod'
import { Prisma, type PrismaClient, type User } from '../database/generated/client.ts'
import { newId } from '../database/id.ts'
import { decodeCursor, encodeCursor, toPage } from '../database/page-cursor.ts'
import { CoreError } from '../errors.ts'
import { type Actor, isRole, type Role } from './actor.ts'

export interface UserView {
  id: string
  name: string
  email: string
  role: Role
  ownClientsOnly: boolean
  language: 'en' | 'ru'
  twoFactor: boolean
  teamIds: string[]
  disabledAt: string | null
  createdAt: string
}

interface Deps {
  prisma: PrismaClient
}

const include = { teams: { select: { teamId: true } } } satisfies Prisma.UserInclude
type UserRow = Prisma.UserGetPayload<{ include: typeof include }>

export function userActor(user: User): Actor {
  return { id: user.id, kind: 'user', role: roleOf(user), ownClientsOnly: user.ownClientsOnly, name: user.name }
}

/** A role that this version does not know gives the least. */
function roleOf(user: { role: string }): Role {
  return isRole(user.role) ? user.role : 'reviewer'
}

function present(user: UserRow): UserView {
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    role: roleOf(user),
    ownClientsOnly: user.ownClientsOnly,
    language: user.language === 'ru' ? 'ru' : 'en',
    twoFactor: user.twoFactorEnabled,
    teamIds: user.teams.map((team) => team.teamId),
    disabledAt: user.disabledAt?.toISOString() ?? null,
    createdAt: user.createdAt.toISOString(),
  }
}

export async function listUsers({ prisma }: Deps, page: { cursor?: string | undefined; limit: number }) {
  const [name, id] = page.cursor ? decodeCursor(page.cursor, z.tuple([z.string(), z.uuid()])) : ['', undefined]
  const after = id ? { OR: [{ name: { gt: name } }, { name, id: { gt: id } }] } : {}
  const users = await prisma.user.findMany({ where: after, include, orderBy: [{ name: 'asc' }, { id: 'asc' }], take: page.limit + 1 })
  return toPage(users.map(present), page.limit, (user) => encodeCursor([user.name, user.id]))
}

/** Throws `not_found`. */
export async function readUser({ prisma }: Deps, id: string): Promise<UserView> {
  const user = await prisma.user.findUnique({ where: { id }, include })
  if (!user) throw new CoreError('not_found')
  return present(user)
}

export interface NewUser {
  name: string
  email: string
  role: Role
  ownClientsOnly: boolean
  language: string
  teamIds: string[]
  passwordHash: string
}

/** Throws `email_taken`. Returns the id. */
export async function insertUser({ prisma }: { prisma: Pick<PrismaClient, 'user'> }, user: NewUser): Promise<string> {
  const id = newId()
  const { passwordHash, teamIds, email, ...rest } = user
  const accounts = { create: { id: newId(), accountId: id, providerId: 'credential', password: passwordHash } }
  const teams = { create: teamIds.map((teamId) => ({ teamId })) }
  await prisma.user.create({ data: { ...rest, id, email: email.toLowerCase(), emailVerified: true, accounts, teams } }).catch(refuseTaken)
  return id
}

export interface UserChange {
  name?: string | undefined
  role?: Role | undefined
  ownClientsOnly?: boolean | undefined
  language?: string | undefined
  teamIds?: string[] | undefined
  disabledAt?: Date | null
}

/** Absent fields stay. */
export async function saveUser({ prisma }: { prisma: Pick<PrismaClient, 'user'> }, id: string, change: UserChange): Promise<void> {
  const { teamIds, ...fields } = change
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
  const teams = teamIds ? { teams: { deleteMany: {}, create: teamIds.map((teamId) => ({ teamId })) } } : {}
  await prisma.user.update({ where: { id }, data: { ...given, ...teams } }).catch(refuseTaken)
}

/** Prisma's error codes: P2002 unique, P2003 foreign key, P2025 no such row (prisma.io/docs/orm/reference/error-reference). */
function refuseTaken(error: unknown): never {
  const code = error instanceof Prisma.PrismaClientKnownRequestError ? error.code : undefined
  if (code === 'P2002') throw new CoreError('email_taken')
  if (code === 'P2003') throw new CoreError('invalid_request', 'One of the teams does not exist.')
  if (code === 'P2025') throw new CoreError('not_found')
  throw error
}
