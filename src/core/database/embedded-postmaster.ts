import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Cluster, explainProgram, isAlive } from './embedded-cluster.ts'
import type { Programs } from './embedded-programs.ts'

/** The server's main process, ours or one that a killed hub left alone. */
export interface Postmaster {
  pid: number
  /** Absent in the first moments of a start. */
  port: number | undefined
  /** In milliseconds since 1970, by the second. */
  startedAt: number
}

const logLimit = 1_000_000

/** Durable by default; small, for one firm on one machine. Memory that is not used is not taken. */
const serverSettings = {
  unix_socket_directories: '',
  listen_addresses: '127.0.0.1',
  max_connections: 200,
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  shared_buffers: '64MB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  effective_cache_size: '1GB',
  random_page_cost: '1.1',
  io_method: 'sync',
  autovacuum_max_workers: 2,
  max_wal_senders: 0,
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  idle_in_transaction_session_timeout: '5min',
}

/** Starts the server apart from the terminal's group, so that Ctrl-C reaches the hub alone. */
export function startPostmaster(cluster: Cluster, programs: Programs, port: number, more: Record<string, string | number> = {}): ChildProcess {
  const settings = Object.entries({ ...serverSettings, ...more }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const [program, args] = cluster.account.command(programs.postgres, ['-D', cluster.data, '-p', String(port), ...settings])
  emptyLongLog(cluster.log)
  const log = openSync(cluster.log, 'a', 0o600)
  try {
    return spawn(program, args, { ...cluster.account.options, cwd: cluster.data, detached: true, stdio: ['ignore', log, log] })
  } finally {
    closeSync(log)
  }
}

function emptyLongLog(log: string): void {
  const size = statSync(log, { throwIfNoEntry: false })?.size ?? 0
  if (size > logLimit) truncateSync(log)
}

export function logSize(cluster: Cluster): number {
  return statSync(cluster.log, { throwIfNoEntry: false })?.size ?? 0
}

/** Why the server ended by itself during its start, from what its log says after byte `from`. */
export function explainEnd(cluster: Cluster, from: number): { passing: boolean; failure: Error } {
  const said = readFileSync(cluster.log).subarray(from).toString()
  // Its port was taken in the last moment, or another server on these data starts or stops.
  const passing = /Address already in use|could not create any TCP\/IP sockets|lock file .* already exists|pre-existing shared memory/i.test(said)
  return { passing, failure: explainProgram(said, 'postgres', cluster.data) }
}

/** The server that runs on these data, whoever started it. Removes the pid file of one that is gone. */
export function findPostmaster(cluster: Cluster): Postmaster | undefined {
  const file = join(cluster.data, 'postmaster.pid')
  const lines = readLines(file)
  const pid = Number(lines?.[0])
  if (!lines || !Number.isInteger(pid) || pid <= 0) return undefined
  if (isOurs(pid, cluster.data)) return { pid, port: Number(lines[3]) || undefined, startedAt: Number(lines[2]) * 1000 }
  // The number may belong to another program by now, and PostgreSQL would refuse to start.
  rmSync(file, { force: true })
  return undefined
}

function readLines(file: string): string[] | undefined {
  try {
    return readFileSync(file, 'utf8').split('\n')
  } catch {
    return undefined
  }
}

/** Whether process `pid` is a PostgreSQL server on `data`. A dead one that nobody has waited for has no command line. */
function isOurs(pid: number, data: string): boolean {
  if (!isAlive(pid)) return false
  if (process.platform === 'win32') return true
  try {
    const commandLine =
      process.platform === 'linux'
        ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
        : execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' })
    return commandLine.includes('postgres') && commandLine.includes(data)
  } catch {
    return false
  }
}

/**
 * Stops the server: in order, with its last checkpoint; after `patienceMs` at once, and its next start recovers.
 * The data are safe in either case.
 */
export async function stopPostmaster(cluster: Cluster, pid: number, patienceMs: number): Promise<void> {
  for (const [signal, ms] of [
    ['SIGINT', patienceMs],
    ['SIGQUIT', 500],
    ['SIGKILL', 500],
  ] as const) {
    if (!isOurs(pid, cluster.data)) return
    try {
      process.kill(pid, signal)
    } catch {
      return
    }
    const deadline = Date.now() + ms
    while (isOurs(pid, cluster.data) && Date.now() < deadline) await sleep(20)
  }
}
