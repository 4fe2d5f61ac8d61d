import pg from 'pg'

const names = { '23505': 'unique_violation', '23503': 'foreign_key_violation' } as const

/** What kind of refusal by PostgreSQL this is (postgresql.org/docs/current/errcodes-appendix.html); undefined for anything else. */
export function sqlState(error: unknown): (typeof names)[keyof typeof names] | undefined {
  const code = error instanceof pg.DatabaseError ? error.code : undefined
  return code === '23505' || code === '23503' ? names[code] : undefined
}
