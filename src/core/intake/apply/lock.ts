import type { Transaction } from '../../database/pool.ts'

/** Takes transaction-long locks on names, in the order given: pass them sorted. */
export async function lockNames(tx: Transaction, names: string[]): Promise<void> {
  if (names.length === 0) return
  await tx.query({
    name: 'lock names',
    text: 'select pg_advisory_xact_lock(hashtextextended(name, 0)) from unnest($1::text[]) with ordinality as given(name, position) order by position',
    values: [names],
  })
}
