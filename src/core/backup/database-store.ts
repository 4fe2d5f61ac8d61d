import { once } from 'node:events'
import pg from 'pg'
import { from, to } from 'pg-copy-streams'
import type { Queryable } from '../database/pool.ts'
import { type BackupHeader, fileColumns, passingTables } from './backup.ts'

/** A connection of its own, whose transaction may last as long as it needs. */
export async function connect(databaseUrl: string, name = 'switchboard backup'): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: name, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  await client.connect()
  return client
}

/** Everything read behind this sees one moment. It takes no transaction number, so it holds no live event back. */
export async function openSnapshot(client: pg.Client): Promise<void> {
  await client.query('begin isolation level repeatable read read only')
  await client.query('set local idle_in_transaction_session_timeout = 0')
  await client.query('set local statement_timeout = 0')
}

/** What the header says of the database. */
export async function readShape(db: Queryable): Promise<Pick<BackupHeader, 'server' | 'migrations' | 'keyCheck' | 'tables'>> {
  const server = await db.query<{ server_version: string }>('show server_version')
  const migrations = await db.query<{ name: string; checksum: string }>(
    `select migration_name as name, checksum from _prisma_migrations where rolled_back_at is null and finished_at is not null order by started_at, migration_name`,
  )
  const key = await db.query<{ value: string }>(`select value from settings where name = 'secret_key_check'`)
  return {
    server: server.rows[0]?.server_version ?? '',
    migrations: migrations.rows,
    keyCheck: key.rows[0]?.value ?? null,
    tables: await readTables(db),
  }
}

async function readTables(db: Queryable): Promise<BackupHeader['tables']> {
  const { rows } = await db.query<{ name: string; columns: string[] }>(
    `select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns from pg_class c
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and not c.relname = any($1) group by c.relname order by c.relname`,
    [passingTables],
  )
  return rows
}

/** The rows of a table as PostgreSQL's own text format, in pieces of any size. */
export function copyOut(client: pg.Client, table: BackupHeader['tables'][number]): AsyncIterable<Buffer> {
  return client.query(to(`copy ${nameOf(table)} to stdout`))
}

export interface TableWriter {
  write(bytes: Uint8Array): Promise<void>
  end(): Promise<void>
}

export function copyIn(client: pg.Client, table: BackupHeader['tables'][number]): TableWriter {
  const sink = client.query(from(`copy ${nameOf(table)} from stdin`))
  const failed = new Promise<never>((_, reject) => sink.once('error', reject))
  failed.catch(() => {})
  return {
    async write(bytes) {
      if (!sink.write(bytes)) await Promise.race([once(sink, 'drain'), failed])
    },
    async end() {
      sink.end()
      await Promise.race([once(sink, 'finish'), failed])
    },
  }
}

function nameOf(table: BackupHeader['tables'][number]): string {
  return `public.${pg.escapeIdentifier(table.name)} (${table.columns.map((column) => pg.escapeIdentifier(column)).join(', ')})`
}

export async function readSequences(db: Queryable): Promise<{ name: string; value: string }[]> {
  const { rows } = await db.query<{ name: string; value: string }>(
    `select sequencename as name, last_value::text as value from pg_sequences where schemaname = 'public' and last_value is not null order by 1`,
  )
  return rows
}

export async function setSequences(db: Queryable, sequences: { name: string; value: string }[]): Promise<void> {
  for (const { name, value } of sequences) {
    await db.query(
      `select setval(format('public.%I', $1::text)::regclass, $2::bigint) where to_regclass(format('public.%I', $1::text)) is not null`,
      [name, value],
    )
  }
}

/** Whether a hub has ever worked on this database. */
export async function holdsData(db: Queryable): Promise<boolean> {
  const { rows } = await db.query<{ there: boolean }>(`select to_regclass('public.users') is not null as there`)
  if (!rows[0]?.there) return false
  const found = await db.query<{ data: boolean }>(
    `select exists (select from users) or exists (select from contacts) or exists (select from deliveries) or exists (select from channels) as data`,
  )
  return found.rows[0]?.data === true
}

/** How many connections the processes of a hub hold to this database. */
export async function countHubConnections(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `select count(*)::int as count from pg_stat_activity where datname = current_database() and application_name = 'switchboard'`,
  )
  return rows[0]?.count ?? 0
}

interface Postponed {
  build: string[]
  drop: string[]
}

/** Indexes and foreign keys are built after the rows are in: many times faster, and rows may come in any order. */
export async function postponeIndexes(db: Queryable): Promise<string[]> {
  const { rows } = await db.query<Postponed>(
    `select
       (select coalesce(array_agg(format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))), '{}')
         from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace)
       || (select coalesce(array_agg(pg_get_indexdef(i.indexrelid)), '{}') from pg_index i join pg_class c on c.oid = i.indrelid and c.relnamespace = 'public'::regnamespace
         where not exists (select from pg_constraint where conindid = i.indexrelid)) as build,
       (select coalesce(array_agg(format('alter table %s drop constraint %I', conrelid::regclass, conname)), '{}')
         from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace)
       || (select coalesce(array_agg(format('drop index %s', i.indexrelid::regclass)), '{}') from pg_index i join pg_class c on c.oid = i.indrelid and c.relnamespace = 'public'::regnamespace
         where not exists (select from pg_constraint where conindid = i.indexrelid)) as drop`,
  )
  for (const statement of rows[0]?.drop ?? []) await db.query(statement)
  // Foreign keys stand first and are added last: they may lean on a unique index.
  return (rows[0]?.build ?? []).toReversed()
}

/** Lets no trigger act on rows that are only put back. */
export async function switchTriggers(db: Queryable, tables: readonly { name: string }[], to: 'enable' | 'disable'): Promise<void> {
  for (const { name } of tables) await db.query(`alter table public.${pg.escapeIdentifier(name)} ${to} trigger user`)
}

/** Files that rows name and `archive_files` (made by `noteFiles`) does not hold. */
export async function countMissingFiles(db: Queryable): Promise<number> {
  let missing = 0
  for (const { table, column } of fileColumns) {
    const { rows } = await db.query<{ count: number }>(
      `select count(*)::int as count from public.${table} where ${column} is not null and not exists (select from archive_files f where f.name = ${column})`,
    )
    missing += rows[0]?.count ?? 0
  }
  return missing
}

export async function noteFiles(db: Queryable, names: string[]): Promise<void> {
  await db.query('insert into archive_files (name) select unnest($1::text[]) on conflict do nothing', [names])
}

export async function openFileNotes(db: Queryable): Promise<void> {
  await db.query('create temporary table archive_files (name text primary key)')
}
