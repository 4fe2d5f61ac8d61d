import { createAdapter as createPostgresAdapter } from '@socket.io/postgres-adapter'
import { createAdapter as createRedisAdapter } from '@socket.io/redis-streams-adapter'
import { Redis } from 'ioredis'
import type { Pool } from '../../core/database/pool.ts'
import type { LiveServer } from './live-socket.ts'

export interface AdapterOptions {
  pool: Pool
  redisUrl?: string | undefined
  /** Other processes serve sockets too. Live items are read from the database by each; this is for who looks and types. */
  isOneOfMany: boolean
}

const longestTimerMs = 2 ** 31 - 1

/** Through Redis where there is one, else through PostgreSQL, else (one process) not at all. */
export function chooseAdapter(server: LiveServer, { pool, redisUrl, isOneOfMany }: AdapterOptions): { close(): Promise<void> } {
  if (redisUrl) {
    const redis = new Redis(redisUrl, { maxRetriesPerRequest: null })
    // An error without a listener would end the process; ioredis connects anew by itself.
    redis.on('error', () => {})
    server.adapter(createRedisAdapter(redis, { onlyPlaintext: true }))
    return { close: async () => redis.disconnect() }
  }
  // Presence is far below the 8 kB of a NOTIFY, so the adapter's table for larger things is neither made nor cleaned.
  if (isOneOfMany) server.adapter(createPostgresAdapter(pool, { cleanupInterval: longestTimerMs }))
  return { close: async () => {} }
}
