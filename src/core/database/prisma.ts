import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from './generated/client.ts'

/** The client for plain reads and writes; whatever appends entries, outbox rows or live events goes through `pool.ts`. */
export function openPrisma(databaseUrl: string, max = 5): PrismaClient {
  const adapter = new PrismaPg({ connectionString: databaseUrl, max, application_name: 'switchboard', connectionTimeoutMillis: 10_000 })
  return new PrismaClient({ adapter })
}

export type { PrismaClient }
