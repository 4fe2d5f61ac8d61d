import type { Transaction } from '../../database/pool.ts'

/** Most names that are locked one by one. The lock table is shared by all connections (PostgreSQL, `max_locks_per_transaction`) and some 5 000 locks fill it. */
const mostNames = 1000

/**
 * Takes transaction-long locks on names, in the order given: pass them sorted. Who has more names than fit the lock table locks out all others instead.
 */
export async function lockNames(tx: Transaction, names: string[]): Promise<void> {
  if (names.length === 0) return
  if (names.length > mostNames) {
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('all names', 0))`)
    return
  }
  await tx.query({
    name: 'lock names',
    text: `with none as materialized (select pg_advisory_xact_lock_shared(hashtextextended('all names', 0)))
      select pg_advisory_xact_lock(hashtextextended(name, 0)) from none, unnest($1::text[]) with ordinality as given(name, position) order by position`,
    values: [names],
  })
}
