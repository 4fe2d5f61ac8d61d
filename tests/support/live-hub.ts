import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { HubProcess } from './hub-process.ts'

export const liveKey = 'administrator-key-of-a-live-hub'

/** A call of the API of a hub that was started with `ADMIN_API_KEY: liveKey`. */
export async function callHub<Body>(hub: HubProcess, method: string, path: string, body?: object): Promise<Body> {
  const response = await fetch(`${hub.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${liveKey}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as Body
}

/** The status of a form's post; undefined when nobody answered. */
export async function postForm(hookUrl: string, body: object, key?: string): Promise<number | undefined> {
  try {
    const response = await fetch(hookUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(key && { 'idempotency-key': key }) },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    })
    await response.arrayBuffer()
    return response.status
  } catch {
    return undefined
  }
}

/** On a connection of its own to the embedded server of a running hub. */
export async function sqlOf<Row extends object>(dataDir: string, query: string, values: unknown[] = []): Promise<Row[]> {
  const port = (await readFile(join(dataDir, 'postgres', 'data', 'postmaster.pid'), 'utf8')).split('\n')[3]
  const password = (await readFile(join(dataDir, 'postgres', 'password'), 'utf8')).trim()
  const client = new pg.Client({ connectionString: `postgresql://switchboard:${password}@127.0.0.1:${port}/switchboard` })
  await client.connect()
  try {
    return (await client.query<Row>(query, values)).rows
  } finally {
    await client.end()
  }
}

/** Waits until nothing that came in is left to apply. */
export async function untilApplied(dataDir: string): Promise<void> {
  const deadline = Date.now() + 120_000
  while ((await sqlOf(dataDir, `select from deliveries where status = 'received' limit 1`)).length > 0) {
    if (Date.now() > deadline) throw new Error('deliveries are not applied')
    await sleep(50)
  }
}

/** Rows and a sum of every table whose content belongs to the firm. */
export async function sumTables(dataDir: string, without: string[]): Promise<Record<string, string>> {
  const tables = await sqlOf<{ name: string }>(
    dataDir,
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and not relname = any($1) order by 1`,
    [without],
  )
  const sums: Record<string, string> = {}
  for (const { name } of tables) {
    const [row] = await sqlOf<{ sum: string }>(
      dataDir,
      `select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as sum from "${name}" t`,
    )
    sums[name] = row?.sum ?? ''
  }
  return sums
}
