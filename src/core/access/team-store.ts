import { z } from 'zod'
import { type Prisma, type PrismaClient, Prisma as PrismaRuntime } from '../database/generated/client.ts'
import { decodeCursor, encodeCursor, toPage } from '../database/page-cursor.ts'
import { CoreError } from '../errors.ts'

export interface TeamView {
  id: string
  name: string
  memberIds: string[]
  createdAt: string
}

interface Deps {
  prisma: PrismaClient
}

const include = { members: { select: { userId: true } } } satisfies Prisma.TeamInclude
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

export async function insertTeam({ prisma }: Deps, team: { id: string; name: string; memberIds: string[] }): Promise<void> {
  const members = { create: team.memberIds.map((userId) => ({ userId })) }
  await prisma.team.create({ data: { id: team.id, name: team.name, members } }).catch(refuseTaken)
}

/** Absent fields stay. Throws `not_found`, `name_taken`, `invalid_request` for members who are no users. */
export async function saveTeam({ prisma }: Deps, id: string, change: { name?: string | undefined; memberIds?: string[] | undefined }): Promise<void> {
  const members = change.memberIds ? { members: { deleteMany: {}, create: change.memberIds.map((userId) => ({ userId })) } } : {}
  const name = change.name === undefined ? {} : { name: change.name }
  await prisma.team.update({ where: { id }, data: { ...name, ...members } }).catch(refuseTaken)
}

export async function removeTeam({ prisma }: Deps, id: string): Promise<boolean> {
  const { count } = await prisma.team.deleteMany({ where: { id } })
  return count > 0
}

/** Prisma's error codes: P2002 unique, P2003 foreign key, P2025 no such row (prisma.io/docs/orm/reference/error-reference). */
function refuseTaken(error: unknown): never {
  const code = error instanceof PrismaRuntime.PrismaClientKnownRequestError ? error.code : undefined
  if (code === 'P2002') throw new CoreError('name_taken')
  if (code === 'P2003') throw new CoreError('invalid_request', 'One of the members is not a user.')
  if (code === 'P2025') throw new CoreError('not_found')
  throw error
}
