import { z } from 'zod'
import type { Prisma, PrismaClient } from '../database/generated/client.ts'
import { decodeCursor, encodeCursor, toPage } from '../database/page-cursor.ts'
import type { Transaction } from '../database/pool.ts'
import { sqlState } from '../database/sql-state.ts'
import { CoreError } from '../errors.ts'

export interface TeamView {
  id: string
  name: string
  /** In the order in which work is offered. */
  memberIds: string[]
  createdAt: string
}

interface Deps {
  prisma: PrismaClient
}

const include = { members: { select: { userId: true }, orderBy: { position: 'asc' } } } satisfies Prisma.TeamInclude
type TeamRow = Prisma.TeamGetPayload<{ include: typeof include }>

function present(team: TeamRow): TeamView {
  return { id: team.id, name: team.name, memberIds: team.members.map((member) => member.userId), createdAt: team.createdAt.toISOString() }
}

export async function listTeams({ prisma }: Deps, page: { cursor?: string | undefined; limit: number }) {
  const [name, id] = page.cursor ? decodeCursor(page.cursor, z.tuple([z.string(), z.uuid()])) : ['', undefined]
  const after = id ? { OR: [{ name: { gt: name } }, { name, id: { gt: id } }] } : {}
  const teams = await prisma.team.findMany({ where: after, include, orderBy: [{ name: 'asc' }, { id: 'asc' }], take: page.limit + 1 })
  return toPage(teams.map(present), page.limit, (team) => encodeCursor([team.name, team.id]))
}

/** Throws `not_found`. */
export async function readTeam({ prisma }: Deps, id: string): Promise<TeamView> {
  const team = await prisma.team.findUnique({ where: { id }, include })
  if (!team) throw new CoreError('not_found')
  return present(team)
}

/** Throws `name_taken`; `invalid_request` for members who are no users. */
export async function insertTeam(tx: Transaction, team: { id: string; name: string; memberIds: string[] }): Promise<void> {
  await tx.query('insert into teams (id, name) values ($1, $2)', [team.id, team.name]).catch(refuseTaken)
  await replaceMembers(tx, team.id, team.memberIds)
}

/** Absent fields stay. Throws `not_found`, `name_taken`; `invalid_request` for members who are no users. */
export async function saveTeam(tx: Transaction, id: string, change: { name?: string | undefined; memberIds?: string[] | undefined }): Promise<void> {
  const { rowCount } = await tx.query('update teams set name = coalesce($2, name) where id = $1', [id, change.name ?? null]).catch(refuseTaken)
  if (rowCount === 0) throw new CoreError('not_found')
  if (change.memberIds) await replaceMembers(tx, id, change.memberIds)
}

/** False when there is no such team. What was its own is everybody's: who waits for nobody of it is shared out anew. */
export async function removeTeam(tx: Transaction, id: string): Promise<boolean> {
  const { rowCount } = await tx.query('delete from teams where id = $1', [id])
  if (rowCount === 0) return false
  for (const table of ['channels', 'addresses', 'templates']) await tx.query(`update ${table} set team_id = null where team_id = $1`, [id])
  await tx.query(
    `update conversations set team_id = null, route_at = case when assignee_id is null and waiting_since is not null then now() else route_at end where team_id = $1`,
    [id],
  )
  await tx.query(`select pg_notify('channels_changed', '')`)
  return true
}

async function replaceMembers(tx: Transaction, teamId: string, userIds: string[]): Promise<void> {
  await tx.query('delete from team_members where team_id = $1', [teamId])
  await tx
    .query(
      'insert into team_members (team_id, user_id, position) select $1, id, place - 1 from unnest($2::uuid[]) with ordinality as given(id, place) on conflict do nothing',
      [teamId, userIds],
    )
    .catch(refuseTaken)
}

function refuseTaken(error: unknown): never {
  if (sqlState(error) === 'unique_violation') throw new CoreError('name_taken')
  if (sqlState(error) === 'foreign_key_violation') throw new CoreError('invalid_request', 'One of the members is not a user.')
  throw error
}
