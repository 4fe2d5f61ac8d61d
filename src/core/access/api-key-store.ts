import { z } from 'zod'
import type { ApiKey, PrismaClient } from '../database/generated/client.ts'
import { decodeCursor, encodeCursor, toPage } from '../database/page-cursor.ts'
import { type Actor, isRole, type Role, type Scope, scopes } from './actor.ts'
import { hashApiKey } from './api-key.ts'

export interface ApiKeyView {
  id: string
  name: string
  prefix: string
  role: Role
  scopes: Scope[]
  createdBy: string | null
  createdAt: string
  lastUsedAt: string | null
  revokedAt: string | null
}

interface Deps {
  prisma: PrismaClient
}

const usedEveryMs = 60_000

function knownScopes(names: string[]): Scope[] {
  return scopes.filter((scope) => names.includes(scope))
}

function roleOf(key: ApiKey): Role {
  return isRole(key.role) ? key.role : 'reviewer'
}

export function presentApiKey(key: ApiKey): ApiKeyView {
  return {
    id: key.id,
    name: key.name,
    prefix: key.prefix,
    role: roleOf(key),
    scopes: knownScopes(key.scopes),
    createdBy: key.createdBy,
    createdAt: key.createdAt.toISOString(),
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
    revokedAt: key.revokedAt?.toISOString() ?? null,
  }
}

/** Undefined for a key that is unknown or revoked. Notes the use once a minute. */
export async function findApiKeyActor({ prisma }: Deps, text: string): Promise<Actor | undefined> {
  const key = await prisma.apiKey.findUnique({ where: { hash: hashApiKey(text) } })
  if (!key || key.revokedAt) return undefined
  if (!key.lastUsedAt || Date.now() - key.lastUsedAt.getTime() > usedEveryMs) {
    await prisma.apiKey.updateMany({ where: { id: key.id }, data: { lastUsedAt: new Date() } })
  }
  return { id: key.id, kind: 'api_key', role: roleOf(key), ownClientsOnly: false, name: key.name, scopes: knownScopes(key.scopes) }
}

export async function listApiKeys({ prisma }: Deps, page: { cursor?: string | undefined; limit: number }) {
  const before = page.cursor ? { id: { lt: decodeCursor(page.cursor, z.tuple([z.uuid()]))[0] } } : {}
  const keys = await prisma.apiKey.findMany({ where: before, orderBy: { id: 'desc' }, take: page.limit + 1 })
  return toPage(keys.map(presentApiKey), page.limit, (key) => encodeCursor([key.id]))
}

export async function insertApiKey(
  { prisma }: Deps,
  key: { id: string; name: string; hash: string; prefix: string; role: Role; scopes: Scope[]; createdBy: string | null },
): Promise<ApiKeyView> {
  return presentApiKey(await prisma.apiKey.create({ data: key }))
}

/** False when there is no such key, or it was revoked before. */
export async function markRevoked({ prisma }: Deps, id: string): Promise<boolean> {
  const { count } = await prisma.apiKey.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: new Date() } })
  return count > 0
}
