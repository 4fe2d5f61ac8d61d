import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'

// How the schema engine reaches PostgreSQL. Works round three faults of @prisma/adapter-pg 7.10:
// 1. It makes the shadow database's configuration as { ...config, database }. With a connectionString pg takes the database out of that:
//    the "shadow", which is emptied, would be the database itself. So the URL is taken apart and never handed over.
// 2. It drops the shadow database while its own pool is still connected to it, which fails.
// 3. It refuses the type "char" of the catalog and its array, which introspection reads.

const catalogChar = { 18: pg.types.builtins.BPCHAR, 1002: 1009 }

class CatalogClient extends pg.Client {
  query(...args) {
    const done = args.at(-1)
    // A pool asks with a callback, a transaction waits for a promise.
    if (typeof done === 'function') return super.query(...args.slice(0, -1), (error, result) => done(error, showCharAsText(result)))
    const answer = super.query(...args)
    return answer instanceof Promise ? answer.then(showCharAsText) : answer
  }
}

function showCharAsText(result) {
  for (const field of result?.fields ?? []) field.dataTypeID = catalogChar[field.dataTypeID] ?? field.dataTypeID
  return result
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
    connect: () => new PrismaPg(config, { schema }).connect(),
    async connectToShadowDb() {
      const database = `prisma_migrate_shadow_db_${crypto.randomUUID()}`
      await onServer(config, `create database "${database}"`)
      const adapter = await new PrismaPg({ ...config, database }).connect()
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
