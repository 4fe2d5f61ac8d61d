import { inTransaction, type Pool, type Transaction } from './pool.ts'

const mostTries = 4

/**
 * As `inTransaction`, begun anew up to three times when PostgreSQL chose it to end a deadlock or a conflict of serialisation (SQLSTATE
 * class 40: nothing of it was kept). `work` must have no effect outside of its transaction.
 */
export async function inRetriedTransaction<Result>(pool: Pool, work: (tx: Transaction) => Promise<Result>, begin?: string): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await inTransaction(pool, work, begin)
    } catch (error) {
      const isConflict = error instanceof Error && 'code' in error && typeof error.code === 'string' && /^40\w{3}$/.test(error.code)
      if (!isConflict || tries === mostTries) throw error
      await new Promise((resolve) => setTimeout(resolve, 10 * tries))
    }
  }
}
