import type { Pool } from '../database/pool.ts'
import type { PrismaClient } from '../database/prisma.ts'

/** Prisma reads; what must be audited or announced with the change goes through one transaction of the pool. */
export interface AccessDeps {
  prisma: PrismaClient
  pool: Pool
}
