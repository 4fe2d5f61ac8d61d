import type { Queryable } from './pool.ts'

/** A row to insert: column names to JSON values. Dates go as ISO strings. */
export type Row = Record<string, unknown>

/**
 * Inserts many rows in one statement. Column types are those of the table; columns that are not listed take their defaults.
 * `table` and `columns` are names from code, never from input.
 */
export async function insertRows(db: Queryable, table: string, columns: readonly string[], rows: readonly Row[], onConflict = ''): Promise<void> {
  if (rows.length === 0) return
  const names = columns.map((column) => `"${column}"`).join(', ')
  const text = `insert into "${table}" (${names}) select ${names} from json_populate_recordset(null::"${table}", $1::json) ${onConflict}`
  await db.query({ name: statementName(text), text, values: [JSON.stringify(rows)] })
}

const statementNames = new Map<string, string>()

/** PostgreSQL names of prepared statements end at 63 bytes. */
function statementName(text: string): string {
  const known = statementNames.get(text) ?? `insert ${statementNames.size}`
  statementNames.set(text, known)
  return known
}
