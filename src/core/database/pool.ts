import pg from 'pg'

/** What queries run on: the pool, or one transaction's client. */
export interface Queryable {
  query<Row extends pg.QueryResultRow>(query: string | pg.QueryConfig, values?: unknown[]): Promise<pg.QueryResult<Row>>
}

/** A client inside an open transaction. Whatever appends entries, outbox rows or live events asks for this type. */
export interface Transaction extends Queryable {
  readonly isTransaction: true
}

export type Pool = pg.Pool

/**
 * A client that does not end the process when its connection breaks between two queries, as inside a transaction:
 * the next query rejects. A pool listens to those only that nobody has taken out.
 */
export class SteadyClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config)
    this.on('error', () => {})
  }
}

/**
 * Connections that send a statement before the answer to the one before it has come (node-postgres, "pipeline"): they are executed in the order they were
 * sent, and what is sent together costs one round trip. After a failed statement the rest of its transaction fails too, each with an error of its own.
 */
export function openPool(databaseUrl: string, max = 10): Pool {
  const pool = new pg.Pool({
    Client: SteadyClient,
    connectionString: databaseUrl,
    max,
    application_name: 'switchboard',
    connectionTimeoutMillis: 10_000,
    pipeline: true,
  })
  // An idle connection that breaks is replaced by the pool at the next query; without a listener it would end the process.
  pool.on('error', () => {})
  return pool
}

/**
 * A transaction whose named statements are planned once per connection and not for each call (PostgreSQL, `plan_cache_mode`): for work whose statements take
 * lists of keys and are the same however many there are. Planning them anew costs more than running them.
 */
export const plannedOnce = 'begin; set local plan_cache_mode = force_generic_plan'

/** Runs `work` in one transaction: committed when it resolves, rolled back when it rejects. */
export async function inTransaction<Result>(pool: Pool, work: (tx: Transaction) => Promise<Result>, begin = 'begin'): Promise<Result> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query(begin)
    const result = await work(Object.assign(client, { isTransaction: true as const }))
    // PostgreSQL answers the commit of a failed transaction with ROLLBACK, and with no error.
    const { command } = await client.query('commit')
    if (command !== 'COMMIT') throw new Error('A statement of this transaction had failed unheard: nothing of it was kept.')
    return result
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure
    })
    throw error
  } finally {
    client.release(broken)
  }
}
