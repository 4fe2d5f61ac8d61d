import { z } from 'zod'
import type { Prisma } from '../database/generated/client.ts'
import { newId } from '../database/id.ts'
import { decodeCursor, encodeCursor, toPage } from '../database/page-cursor.ts'
import type { Queryable, Transaction } from '../database/pool.ts'
import type { PrismaClient } from '../database/prisma.ts'
import { sqlState } from '../database/sql-state.ts'
import { CoreError } from '../errors.ts'
import { type NewUser, roleOf, type UserChange, type UserView } from './user.ts'

interface Deps {
  prisma: PrismaClient
}

const include = { teams: { select: { teamId: true } } } satisfies Prisma.UserInclude
type UserRow = Prisma.UserGetPayload<{ include: typeof include }>

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

export async function countUsers(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ count: number }>('select count(*)::int as count from users')
  return rows[0]?.count ?? 0
}

/** Throws `email_taken`; `invalid_request` for teams that do not exist. Returns the id. */
export async function insertUser(tx: Transaction, user: NewUser): Promise<string> {
  const id = newId()
  await tx
    .query(
      `insert into users (id, name, email, email_verified, role, own_clients_only, language, updated_at)
       values ($1, $2, $3, true, $4, $5, $6, now())`,
      [id, user.name, user.email.toLowerCase(), user.role, user.ownClientsOnly, user.language],
    )
    .catch(refuseTaken)
  await tx.query(
    `insert into accounts (id, account_id, provider_id, user_id, password, updated_at) values ($1, $2::text, 'credential', $2::text::uuid, $3, now())`,
    [newId(), id, user.passwordHash],
  )
  await replaceTeams(tx, id, user.teamIds)
  return id
}

/** Throws `not_found`; `invalid_request` for teams that do not exist. */
export async function saveUser(tx: Transaction, id: string, change: UserChange): Promise<void> {
  const { rowCount } = await tx.query(
    `update users set name = coalesce($2, name), role = coalesce($3, role), own_clients_only = coalesce($4, own_clients_only),
       language = coalesce($5, language), updated_at = now() where id = $1`,
    [id, change.name ?? null, change.role ?? null, change.ownClientsOnly ?? null, change.language ?? null],
  )
  if (rowCount === 0) throw new CoreError('not_found')
  if (change.teamIds) await replaceTeams(tx, id, change.teamIds)
}

/** Throws `not_found`. */
export async function markDisabled(tx: Transaction, id: string, isDisabled: boolean): Promise<void> {
  const { rowCount } = await tx.query(
    'update users set disabled_at = case when $2 then coalesce(disabled_at, now()) end, updated_at = now() where id = $1',
    [id, isDisabled],
  )
  if (rowCount === 0) throw new CoreError('not_found')
}

/** Throws `not_found`. */
export async function savePassword(tx: Transaction, userId: string, passwordHash: string): Promise<void> {
  const { rowCount } = await tx.query(`update accounts set password = $2, updated_at = now() where user_id = $1 and provider_id = 'credential'`, [
    userId,
    passwordHash,
  ])
  if (rowCount === 0) throw new CoreError('not_found')
}

export async function removeSecondFactor(tx: Transaction, userId: string): Promise<void> {
  await tx.query('delete from two_factors where user_id = $1', [userId])
  await tx.query('update users set two_factor_enabled = false where id = $1', [userId])
}

export async function removeSessions(tx: Transaction, userId: string): Promise<void> {
  await tx.query('delete from sessions where user_id = $1', [userId])
}

/** Locks all administrators; throws `last_admin` when nobody but this user is one. */
export async function requireAnotherAdmin(tx: Transaction, userId: string): Promise<void> {
  const { rows } = await tx.query<{ id: string }>(`select id from users where role = 'admin' and disabled_at is null order by id for update`)
  const isAdmin = rows.some((row) => row.id === userId)
  if (isAdmin && rows.length === 1) throw new CoreError('last_admin')
}

/** In a team that stays he keeps his place, in a new one he is the last. */
async function replaceTeams(tx: Transaction, userId: string, teamIds: string[]): Promise<void> {
  await tx.query('delete from team_members where user_id = $1 and not team_id = any($2::uuid[])', [userId, teamIds])
  await tx
    .query(
      `insert into team_members (team_id, user_id, position) select given.id, $1, (select coalesce(max(position) + 1, 0) from team_members where team_id = given.id)
       from unnest($2::uuid[]) as given(id) on conflict do nothing`,
      [userId, teamIds],
    )
    .catch(refuseTaken)
}

function refuseTaken(error: unknown): never {
  if (sqlState(error) === 'unique_violation') throw new CoreError('email_taken')
  if (sqlState(error) === 'foreign_key_violation') throw new CoreError('invalid_request', 'One of the teams does not exist.')
  throw error
}
