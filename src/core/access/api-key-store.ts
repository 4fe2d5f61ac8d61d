import { z } from 'zod'
import type { ApiKey } from '../database/generated/client.ts'
import { decodeCursor, encodeCursor, toPage } from '../database/page-cursor.ts'
import type { Queryable, Transaction } from '../database/pool.ts'
import type { PrismaClient } from '../database/prisma.ts'
import { CoreError } from '../errors.ts'
import { type Actor, type Role, type Scope, scopes } from './actor.ts'
import { hashApiKey } from './api-key.ts'
import { roleOf } from './user.ts'

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

function present(key: ApiKey): ApiKeyView {
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

/** Newest first; `createdBy` narrows to the keys that this user made. */
export async function listApiKeys({ prisma }: Deps, page: { cursor?: string | undefined; limit: number; createdBy?: string | undefined }) {
  const before = page.cursor ? { id: { lt: decodeCursor(page.cursor, z.tuple([z.uuid()]))[0] } } : {}
  const mine = page.createdBy === undefined ? {} : { createdBy: page.createdBy }
  const keys = await prisma.apiKey.findMany({ where: { ...before, ...mine }, orderBy: { id: 'desc' }, take: page.limit + 1 })
  return toPage(keys.map(present), page.limit, (key) => encodeCursor([key.id]))
}

/** Throws `not_found`. */
export async function readApiKey({ prisma }: Deps, id: string): Promise<ApiKeyView> {
  const key = await prisma.apiKey.findUnique({ where: { id } })
  if (!key) throw new CoreError('not_found')
  return present(key)
}

export interface NewApiKey {
  id: string
  name: string
  hash: string
  prefix: string
  role: Role
  scopes: Scope[]
  createdBy: string | null
}

/** A key that is there already stays as it is; says whether it was new. */
export async function insertApiKey(db: Queryable, key: NewApiKey): Promise<boolean> {
  const { rowCount } = await db.query(
    `insert into api_keys (id, name, hash, prefix, role, scopes, created_by) values ($1, $2, $3, $4, $5, $6, $7) on conflict (hash) do nothing`,
    [key.id, key.name, key.hash, key.prefix, key.role, key.scopes, key.createdBy],
  )
  return rowCount === 1
}

/** False when it was revoked before. */
export async function markRevoked(tx: Transaction, id: string): Promise<boolean> {
  const { rowCount } = await tx.query('update api_keys set revoked_at = now() where id = $1 and revoked_at is null', [id])
  return rowCount === 1
}
