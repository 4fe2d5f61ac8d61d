import type { HistoryRange } from '../../core/connector/calling.ts'
import { ConnectorError } from '../../core/connector/errors.ts'
import { readTime } from '../../core/connector/zoned-time.ts'
import type { CdrRow } from './cdr-rows.ts'
import type { Settings } from './settings.ts'

const pageRows = 1000
const connectMs = 10_000
const queryMs = 60_000
const dayMs = 86_400_000

type Cells = Record<string, string | number | null>

/** Where the rows of a table are read from; times come as the text that stands there. */
interface Reader {
  /** Columns of the table, in lower case. */
  columns(): Promise<Set<string>>
  page(sql: { start: string; from: string; to: string; limit: number; offset: number }): Promise<Cells[]>
  close(): Promise<void>
}

/**
 * Rows of a `cdr` table of that time, as `cdr_adaptive_odbc`, `cdr_pgsql`, `cdr_mysql` and FreePBX write it: a row without the moments of answer and end has them
 * from `calldate`, `duration` and `billsec`. Throws ConnectorError.
 */
export async function* rowsOfTable(range: HistoryRange, settings: Settings & { cdrDatabase: string }): AsyncGenerator<CdrRow> {
  const reader = await openReader(settings)
  try {
    const columns = await reader.columns()
    const start = columns.has('start') ? 'start' : 'calldate'
    const [from, to] = [wallTime(range.from.getTime() - dayMs, settings.timeZone), wallTime(range.to.getTime(), settings.timeZone)]
    for (let offset = 0; ; offset += pageRows) {
      const rows = await reader.page({ start, from, to, limit: pageRows, offset })
      for (const row of rows) {
        const complete = completed(row, settings.timeZone)
        const end = readTime(complete.end ?? '', settings.timeZone)
        if (end !== undefined && Date.parse(end) >= range.from.getTime()) yield complete
      }
      if (rows.length < pageRows) return
    }
  } catch (error) {
    throw error instanceof ConnectorError ? error : explain(error)
  } finally {
    await reader.close().catch(() => {})
  }
}

async function openReader(settings: Settings & { cdrDatabase: string }): Promise<Reader> {
  try {
    return /^mysql|^mariadb/.test(settings.cdrDatabase) ? await openMysql(settings) : await openPostgres(settings)
  } catch (error) {
    throw explain(error)
  }
}

async function openPostgres({ cdrDatabase, cdrTable }: Settings & { cdrDatabase: string }): Promise<Reader> {
  const { default: pg } = await import('pg')
  const types = { getTypeParser: () => (text: string) => text }
  const client = new pg.Client({ connectionString: cdrDatabase, connectionTimeoutMillis: connectMs, query_timeout: queryMs, types })
  client.on('error', () => {})
  await client.connect()
  const table = quoted(cdrTable, '"')
  return {
    async columns() {
      const { fields } = await client.query(`select * from ${table} limit 0`)
      return new Set(fields.map(({ name }) => name.toLowerCase()))
    },
    async page({ start, from, to, limit, offset }) {
      const text = `select * from ${table} where "${start}" >= $1::timestamp and "${start}" <= $2::timestamp order by "${start}", uniqueid limit $3 offset $4`
      return (await client.query<Cells>(text, [from, to, limit, offset])).rows
    },
    close: () => client.end(),
  }
}

async function openMysql({ cdrDatabase, cdrTable }: Settings & { cdrDatabase: string }): Promise<Reader> {
  const { createConnection } = await import('mysql2/promise')
  const connection = await createConnection({ uri: cdrDatabase.replace(/^mariadb/, 'mysql'), connectTimeout: connectMs, dateStrings: true })
  connection.on('error', () => {})
  const table = quoted(cdrTable, '`')
  return {
    async columns() {
      const [, fields] = await connection.query({ sql: `select * from ${table} limit 0`, timeout: queryMs })
      return new Set(fields.map(({ name }) => name.toLowerCase()))
    },
    async page({ start, from, to, limit, offset }) {
      const sql = `select * from ${table} where \`${start}\` >= ? and \`${start}\` <= ? order by \`${start}\`, uniqueid limit ? offset ?`
      const [rows] = await connection.query({ sql, timeout: queryMs, values: [from, to, limit, offset] })
      // A select gives rows.
      return rows as Cells[]
    },
    close: () => connection.end(),
  }
}

/** The name may say the schema, too. */
function quoted(name: string, mark: string): string {
  return name
    .split('.')
    .map((part) => `${mark}${part}${mark}`)
    .join('.')
}

function completed(row: Cells, timeZone: string): CdrRow {
  const cells = Object.fromEntries(Object.entries(row).map(([name, value]) => [name.toLowerCase(), value === null ? '' : String(value)]))
  const start = cells.start || cells.calldate || ''
  if (cells.end !== undefined && cells.start !== undefined) return cells
  const began = Date.parse(readTime(start, timeZone) ?? '')
  const [duration, talked] = [Number(cells.duration) || 0, Number(cells.billsec) || 0]
  const moment = (seconds: number) => (Number.isNaN(began) ? '' : new Date(began + seconds * 1000).toISOString())
  const isAnswered = cells.disposition?.toUpperCase() === 'ANSWERED'
  return { ...cells, start: moment(0), end: moment(duration), answer: isAnswered ? moment(duration - talked) : '' }
}

/** `YYYY-MM-DD HH:MM:SS`, as the clock of Asterisk shows it. */
function wallTime(ms: number, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(Math.max(0, ms))
}

const refused = new Set(['28P01', '28000', 'ER_ACCESS_DENIED_ERROR', 'ER_DBACCESS_DENIED_ERROR'])
const wrong = new Set([
  '3D000',
  '42P01',
  '42703',
  '42501',
  'ER_BAD_DB_ERROR',
  'ER_NO_SUCH_TABLE',
  'ER_BAD_FIELD_ERROR',
  'ER_TABLEACCESS_DENIED_ERROR',
])

function explain(error: unknown): ConnectorError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const said = error instanceof Error ? error.message.slice(0, 200) : ''
  if (refused.has(code)) return new ConnectorError('auth_failed', 'The database of the CDR refuses the user and password', { cause: error })
  if (wrong.has(code)) return new ConnectorError('rejected', `The table of the CDR cannot be read: ${said}`, { cause: error })
  return new ConnectorError('temporary', 'The database of the CDR did not answer', { cause: error })
}
