import { execFile, spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { chooseAccount } from '../../src/core/database/embedded-account.ts'
import { freePort } from './hub-process.ts'

/** Where the packages of Debian and Ubuntu put each major version. */
const installed = '/usr/lib/postgresql'
const oldest = 15

/** The oldest server of the system that the hub works on. */
const programs = (existsSync(installed) ? readdirSync(installed) : [])
  .filter((version) => Number(version) >= oldest && existsSync(join(installed, version, 'bin', 'postgres')))
  .sort()
  .map((version) => join(installed, version, 'bin'))[0]

export function hasOlderPostgres(): boolean {
  return programs !== undefined
}

export interface OlderPostgres {
  /** Major version. */
  version: number
  /** Of an empty database. */
  url: string
  stop(): Promise<void>
}

/** On a free port of 127.0.0.1, in a folder of its own. */
export async function startOlderPostgres(): Promise<OlderPostgres> {
  if (programs === undefined) throw new Error('There is no older PostgreSQL.')
  const folder = await mkdtemp(join(tmpdir(), 'postgres-older-'))
  const data = join(folder, 'data')
  const account = await chooseAccount(folder, join(programs, 'postgres'))
  const passwordFile = join(folder, 'password')
  await writeFile(passwordFile, 'of-a-test')
  const making = [
    '-D',
    data,
    '-U',
    'switchboard',
    '-E',
    'UTF8',
    '--locale=C',
    '--lc-ctype=C.UTF-8',
    '-A',
    'scram-sha-256',
    `--pwfile=${passwordFile}`,
  ]
  await promisify(execFile)(...account.command(join(programs, 'initdb'), making), { ...account.options, cwd: folder })
  const port = await freePort()
  const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off', 'max_connections=200']
  const server = spawn(...account.command(join(programs, 'postgres'), ['-D', data, ...settings.flatMap((one) => ['-c', one])]), {
    ...account.options,
    cwd: folder,
    stdio: 'ignore',
  })
  const ended = new Promise<void>((gone) => server.once('exit', () => gone()))
  const urlOf = (database: string) => `postgresql://switchboard:of-a-test@127.0.0.1:${port}/${database}`
  while (!(await answers(urlOf('postgres')))) {
    if (server.exitCode !== null) throw new Error(`The older PostgreSQL does not start: ${server.exitCode}`)
    await sleep(50)
  }
  const client = new pg.Client({ connectionString: urlOf('postgres') })
  await client.connect()
  await client.query('create database restored')
  await client.end()
  return {
    version: Number(programs.split('/').at(-2)),
    url: urlOf('restored'),
    async stop() {
      server.kill('SIGINT')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  return await client
    .connect()
    .then(
      () => true,
      () => false,
    )
    .finally(() => client.end())
}
