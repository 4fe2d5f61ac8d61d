import type { Logger } from '../connector/hub.ts'
import type { Pool } from '../database/pool.ts'
import { writeLifeMark } from './life-mark.ts'
import { readProgress } from './restore-store.ts'

const everyMs = 60_000

/** Notes once a minute, now and at the end, how far the database has come, so that the next start notices when it was put back. */
export async function keepLifeMark({ pool, logger, dataDir }: { pool: Pool; logger: Logger; dataDir: string }): Promise<{ close(): Promise<void> }> {
  let writing = Promise.resolve()
  function note(): Promise<void> {
    writing = writing.then(async () => {
      try {
        await writeLifeMark(dataDir, { ...(await readProgress(pool)), at: new Date().toISOString() })
      } catch (error) {
        logger.warn({ error: String(error) }, 'how far the database has come could not be noted; it will be again')
      }
    })
    return writing
  }
  await note()
  const timer = setInterval(() => void note(), everyMs)
  return {
    async close() {
      clearInterval(timer)
      await note()
    },
  }
}
