import { randomInt } from 'node:crypto'
import pg from 'pg'
import type { Logger } from '../connector/hub.ts'

/** First half of the advisory lock's name; the second is the sender's own number. */
export const presenceLockSpace = 83_119_002
const reconnectMs = 500

export interface SenderPresence {
  /** Written to `outbox.sending_by`: while the lock of this number is held, the sender lives. */
  id: number
  close(): Promise<void>
}

/**
 * Holds an advisory lock on a connection of its own: PostgreSQL releases it the moment the process is gone, so whatever it was sending
 * is known to be without an owner at once, and never while it lives.
 */
export async function holdSenderPresence(deps: { databaseUrl: string; logger: Logger }): Promise<SenderPresence> {
  const id = randomInt(1, 2 ** 31 - 1)
  let client: pg.Client | undefined
  let isClosed = false

  async function hold(): Promise<void> {
    const fresh = new pg.Client({ connectionString: deps.databaseUrl, application_name: 'switchboard sender', keepAlive: true })
    fresh.on('error', () => {})
    await fresh.connect()
    await fresh.query('select pg_advisory_lock($1, $2)', [presenceLockSpace, id])
    client = fresh
    fresh.on('end', again)
  }

  function again(): void {
    if (isClosed) return
    setTimeout(() => {
      if (isClosed) return
      hold().catch((error: unknown) => {
        deps.logger.warn({ error: String(error) }, 'the sender’s presence could not be renewed yet')
        again()
      })
    }, reconnectMs).unref()
  }

  await hold()
  return {
    id,
    async close() {
      isClosed = true
      await client?.end()
    },
  }
}
