import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { statfsSync } from 'node:fs'
import { chown, mkdir, readdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { StartFailure } from '../start-failure.ts'
import { type Account, chooseAccount } from './embedded-account.ts'
import type { Programs } from './embedded-programs.ts'

const run = promisify(execFile)

/** One embedded database on disk: `<DATA_DIR>/postgres`. */
export interface Cluster {
  /** What PostgreSQL calls PGDATA, with symbolic links resolved. */
  data: string
  log: string
  password: string
  account: Account
}

export const superuser = 'switchboard'

/**
 * Opens the database's folder, made if it is absent.
 * @throws StartFailure `disk_full`, `data_dir_unusable`, `embedded_unavailable`.
 */
export async function openCluster(dataDir: string, programs: Programs): Promise<Cluster> {
  const folder = join(dataDir, 'postgres')
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 })
    const account = await chooseAccount(dataDir, programs.postgres)
    await removeUnfinished(dataDir)
    if (!(await isThere(folder))) await makeCluster(folder, programs, account)
    await refuseOtherVersion(folder, programs)
    return {
      data: await realpath(join(folder, 'data')),
      log: join(folder, 'log'),
      password: (await readFile(join(folder, 'password'), 'utf8')).trim(),
      account,
    }
  } catch (error) {
    throw explainFileError(error, dataDir)
  }
}

/** Makes it beside its place and moves it there whole, so that a start that was cut off leaves nothing half made. */
async function makeCluster(folder: string, programs: Programs, account: Account): Promise<void> {
  const unfinished = `${folder}.unfinished-${process.pid}`
  const passwordFile = join(unfinished, 'password')
  await mkdir(unfinished, { mode: 0o700 })
  await writeFile(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 })
  if (account.owner) for (const path of [unfinished, passwordFile]) await chown(path, account.owner.uid, account.owner.gid)
  try {
    await makeData(join(unfinished, 'data'), passwordFile, programs, account)
    await rename(unfinished, folder)
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    // Another hub that started at the same moment was faster.
    if (hasCode(error, 'ENOTEMPTY') || hasCode(error, 'EEXIST')) return
    throw error
  }
}

/**
 * `--no-clean`: what initdb leaves is removed here, after the state of the disk has been seen.
 * The character type decides whether trigrams see Cyrillic letters (under "C" they do not), and its name differs between systems;
 * the collation "C" sorts by code point and never changes under an index when the system is updated.
 */
const characterTypes = ['C.UTF-8', 'C.utf8', 'en_US.UTF-8', 'C']

async function makeData(data: string, passwordFile: string, programs: Programs, account: Account): Promise<void> {
  let failure: unknown
  for (const characterType of characterTypes) {
    const args = [
      '-D',
      data,
      '-U',
      superuser,
      '--no-clean',
      '-A',
      'scram-sha-256',
      `--pwfile=${passwordFile}`,
      '-E',
      'UTF8',
      '--locale=C',
      `--lc-ctype=${characterType}`,
    ]
    const [program, all] = account.command(programs.initdb, args)
    try {
      await run(program, all, { ...account.options, cwd: dirname(data), env: { ...process.env, TZ: 'UTC' } })
      return
    } catch (error) {
      failure = error
      if (!/locale/i.test(outputOf(error))) break
      await rm(data, { recursive: true, force: true })
    }
  }
  throw explainProgram(outputOf(failure), 'initdb', dirname(data), failure)
}

function outputOf(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message: string }
  return stderr || message
}

/** Below this PostgreSQL cannot make its next file of log (16 MB), and not always says so. */
const leastFreeBytes = 20_000_000

/** Why a program of PostgreSQL gave up, from what it said and the state of the disk that `folder` is on. */
export function explainProgram(output: string, program: string, folder: string, cause?: unknown): StartFailure {
  const { bavail, bsize } = statfsSync(folder)
  if (/No space left on device|Disk quota exceeded/i.test(output) || bavail * bsize < leastFreeBytes) return diskFull(`The disk of ${folder}`)
  const said = output.split('\n').findLast((line) => /\b(FATAL|PANIC|error)\b/i.test(line)) ?? output.trim().split('\n').at(-1)
  const words = said?.replace(/^.*?(FATAL|PANIC):\s*/, '') || 'it says nothing'
  return new StartFailure('embedded_unavailable', `The embedded PostgreSQL (${program}) does not start: ${words}.`, { cause })
}

async function removeUnfinished(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    const maker = /^postgres\.unfinished-(\d+)$/.exec(name)?.[1]
    if (maker && !isAlive(Number(maker))) await rm(join(dataDir, name), { recursive: true, force: true })
  }
}

/** Whether a process of this number runs; it may be another's. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return hasCode(error, 'EPERM')
  }
}

async function refuseOtherVersion(folder: string, programs: Programs): Promise<void> {
  const version = Number.parseInt(await readFile(join(folder, 'data', 'PG_VERSION'), 'utf8'), 10)
  if (version === programs.majorVersion) return
  const code = version > programs.majorVersion ? 'database_newer' : 'embedded_unavailable'
  throw new StartFailure(
    code,
    `The database in ${folder} was made by PostgreSQL ${version} and this program brings PostgreSQL ${programs.majorVersion}: move it by pg_dump, or start the version that made it.`,
  )
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

function diskFull(what: string): StartFailure {
  return new StartFailure('disk_full', `${what} is full: free some space and start again.`)
}

/** A failed file operation in DATA_DIR in words for people; anything else as it is. */
export function explainFileError(error: unknown, dataDir: string): unknown {
  if (error instanceof StartFailure || !(error instanceof Error) || !('code' in error)) return error
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT') return diskFull(`The disk of ${dataDir}`)
  if (typeof error.code === 'string' && /^(EACCES|EPERM|EROFS|ENOTDIR|EEXIST|ENOENT)$/.test(error.code)) {
    return new StartFailure('data_dir_unusable', `DATA_DIR cannot be used: ${error.message}.`, { cause: error })
  }
  return error
}
