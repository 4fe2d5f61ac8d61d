import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Connection, createConnection } from 'mysql2/promise'
import { freePort } from './hub-process.ts'

const program = '/usr/sbin/mariadbd'

/** True when MariaDB is installed. With `CI` set a missing one is an error, so that nothing is skipped unseen. */
export function hasMariadb(): boolean {
  if (existsSync(program)) return true
  if (process.env.CI) throw new Error('MariaDB is missing: install mariadb-server-core.')
  return false
}

export interface Mariadb {
  /** Of a user who may do everything in the database `asteriskcdrdb`. */
  url: string
  run(sql: string): Promise<void>
  close(): Promise<void>
}

/** What `mariadb-install-db` does, without the programs of other packages that it wants. */
async function makeTables(options: string[], folder: string): Promise<void> {
  await mkdir(join(folder, 'data'))
  const files = ['mysql_system_tables.sql', 'mysql_system_tables_data.sql']
  const sql = await Promise.all(files.map((name) => readFile(join('/usr/share/mysql', name), 'utf8')))
  const server = spawn(program, [...options, '--bootstrap'], { stdio: ['pipe', 'ignore', 'ignore'] })
  server.stdin.end(['create database mysql;', 'use mysql;', 'set @auth_root_socket = null;', ...sql].join('\n'))
  const [code] = (await once(server, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`MariaDB could not make its tables: ${code}`)
}

/** A real server with a folder of its own. */
export async function startMariadb(): Promise<Mariadb> {
  const [folder, port] = await Promise.all([mkdtemp(join(tmpdir(), 'switchboard-maria-')), freePort()])
  const socket = join(folder, 'socket')
  const root = ['--no-defaults', `--datadir=${folder}/data`, `--user=${userInfo().username}`]
  await makeTables(root, folder)
  const server = spawn(program, [...root, `--socket=${socket}`, `--port=${port}`, '--bind-address=127.0.0.1', '--innodb-flush-log-at-trx-commit=0'], {
    stdio: 'ignore',
  })
  const connection = await reach(server, socket)
  await connection.query('create database asteriskcdrdb')
  await connection.query(`create user freepbx@'127.0.0.1' identified by 'cdr-secret'`)
  await connection.query(`grant all on asteriskcdrdb.* to freepbx@'127.0.0.1'`)
  await connection.query('use asteriskcdrdb')
  return {
    url: `mysql://freepbx:cdr-secret@127.0.0.1:${port}/asteriskcdrdb`,
    async run(sql) {
      await connection.query(sql)
    },
    async close() {
      await connection.end()
      const ended = once(server, 'exit')
      server.kill()
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function reach(server: ChildProcess, socketPath: string): Promise<Connection> {
  for (let tries = 0; ; tries++) {
    try {
      return await createConnection({ socketPath, user: 'root' })
    } catch (error) {
      if (server.exitCode !== null || tries > 300) throw error
      await sleep(100)
    }
  }
}
