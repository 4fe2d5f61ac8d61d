import { PrismaPg } from '@prisma/adapter-pg'
import { ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import pg from 'pg'

// How the schema engine reaches PostgreSQL. Works round four faults of @prisma/adapter-pg 7.10:
// 1. It makes the shadow database's configuration as { ...config, database }. With a connectionString pg takes the database out of that:
//    the "shadow", which is emptied, would be the database itself. So the URL is taken apart and never handed over.
// 2. It drops the shadow database while its own pool is still connected to it, which fails.
// 3. It refuses the type "char" of the catalog, which introspection reads, and the engine wants it as a character.
// 4. It cuts scripts at every semicolon, also inside the bodies of functions.

const charType = 18
const mark = '\0char'

/** Marks columns of the type "char" in their names, where the adapter lets it through. */
class CatalogClient extends pg.Client {
  query(...args) {
    const done = args.at(-1)
    // A pool asks with a callback, a transaction waits for a promise.
    if (typeof done === 'function') return super.query(...args.slice(0, -1), (error, result) => done(error, markChars(result)))
    const answer = super.query(...args)
    return answer instanceof Promise ? answer.then(markChars) : answer
  }
}

function markChars(result) {
  for (const field of result?.fields ?? []) {
    if (field.dataTypeID !== charType) continue
    field.dataTypeID = pg.types.builtins.BPCHAR
    field.name += mark
  }
  return result
}

function readChars(queryable) {
  const queryRaw = queryable.queryRaw.bind(queryable)
  queryable.queryRaw = async (query) => {
    const { columnNames, columnTypes, rows } = await queryRaw(query)
    return {
      columnNames: columnNames.map((name) => name.replace(mark, '')),
      columnTypes: columnTypes.map((type, index) => (columnNames[index].endsWith(mark) ? ColumnTypeEnum.Character : type)),
      rows,
    }
  }
  return queryable
}

async function connect(config, schema) {
  const adapter = readChars(await new PrismaPg(config, { schema }).connect())
  adapter.executeScript = (script) => onServer(config, script)
  const startTransaction = adapter.startTransaction.bind(adapter)
  adapter.startTransaction = async (isolation) => readChars(await startTransaction(isolation))
  return adapter
}

/** @param {string} url of a PostgreSQL database */
export function configOf(url) {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url)
  return {
    host: decodeURIComponent(hostname) || searchParams.get('host') || 'localhost',
    port: Number(port || 5432),
    user: decodeURIComponent(username) || undefined,
    password: decodeURIComponent(password) || undefined,
    database: decodeURIComponent(pathname.slice(1)) || 'postgres',
    ssl: ['require', 'verify-ca', 'verify-full'].includes(searchParams.get('sslmode') ?? '') || undefined,
  }
}

/** What the engine asks connections of. One connection each: the engine's statements depend on their order. */
export function adapterFactory(url) {
  const config = { ...configOf(url), max: 1, Client: CatalogClient }
  const schema = new URL(url).searchParams.get('schema') ?? undefined
  return {
    provider: 'postgres',
    adapterName: 'switchboard-schema-engine',
    connect: () => connect(config, schema),
    async connectToShadowDb() {
      const database = `prisma_migrate_shadow_db_${crypto.randomUUID()}`
      await onServer(config, `create database "${database}"`)
      const adapter = await connect({ ...config, database }, undefined)
      const dispose = adapter.dispose.bind(adapter)
      adapter.dispose = async () => {
        await dispose()
        await onServer(config, `drop database if exists "${database}" with (force)`)
      }
      return adapter
    },
  }
}

/** Runs one statement on a connection of its own. */
export async function onServer({ max: _max, Client: _client, ...config }, statement) {
  const client = new pg.Client(config)
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
