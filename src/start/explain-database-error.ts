import { StartFailure } from '../core/start-failure.ts'

/**
 * A failure of the database at start in words for people, without the password; anything that is not one as it is.
 * Without an address it is the embedded one.
 */
export function explainDatabaseError(error: unknown, databaseUrl = 'postgresql://switchboard@127.0.0.1/switchboard'): unknown {
  if (error instanceof StartFailure || !(error instanceof Error)) return error
  const code = codeOf(error)
  const { host, database, user } = partsOf(databaseUrl)
  const refused = (text: string) => new StartFailure('database_refused', text, { cause: error })
  if (code === '53100') return new StartFailure('disk_full', 'The disk of the database is full: free some space and start again.', { cause: error })
  if (code === '28P01' || code === '28000')
    return refused(`The database server at ${host} refuses the user ${user}: check the name and password in DATABASE_URL.`)
  if (code === '3D000') return refused(`The database server at ${host} has no database ${database}: create it, or correct DATABASE_URL.`)
  if (code === '42501') return refused(`The user ${user} may not make tables in the database ${database}: ${error.message}.`)
  if (code === '53300') return refused(`The database server at ${host} has no connection left: ${error.message}.`)
  if (code !== undefined && /^[0-9A-Z]{5}$/.test(code)) return refused(`The database ${database} at ${host} refuses: ${error.message}.`)
  if (code?.startsWith('E') || /timeout|terminated|SSL|certificate/i.test(error.message)) {
    const why = error.message || code
    return new StartFailure(
      'database_unreachable',
      `The database server at ${host} cannot be reached (${why}): is DATABASE_URL right and the server running?`,
      { cause: error },
    )
  }
  return error
}

function codeOf(error: Error): string | undefined {
  if ('code' in error && typeof error.code === 'string') return error.code
  return undefined
}

function partsOf(databaseUrl: string): { host: string; database: string; user: string } {
  const url = new URL(databaseUrl)
  return {
    host: url.host || (url.searchParams.get('host') ?? 'localhost'),
    database: decodeURIComponent(url.pathname.slice(1)) || 'of the same name as the user',
    user: decodeURIComponent(url.username) || 'of this system',
  }
}
