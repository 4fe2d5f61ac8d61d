import type { Queryable } from '../database/pool.ts'
import type { ImportRecord } from './import-store.ts'
import type { ReadingContext } from './recognising/read-draft.ts'

/** What reading the rows of an import depends on. Users are found by e-mail, and by name where only one has it. */
export async function readingContext(
  db: Queryable,
  { mapping, columns }: Pick<ImportRecord, 'mapping' | 'columns'>,
  firm: { defaultCountry: string; own: ReadonlySet<string> },
): Promise<ReadingContext> {
  const { rows } = await db.query<{ id: string; name: string; email: string }>('select id, name, email from users')
  const byName = Map.groupBy(rows, ({ name }) => name.trim().toLowerCase())
  const users = new Map(rows.map(({ id, email }) => [email.toLowerCase(), id]))
  for (const [name, [first, second]] of byName) if (first && !second && name !== '') users.set(name, first.id)
  return { mapping, country: firm.defaultCountry, own: firm.own, dateOrders: columns.map((order) => order ?? undefined), users }
}
