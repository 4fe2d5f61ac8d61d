import { rm, statfs } from 'node:fs/promises'
import type pg from 'pg'
import type { Logger } from '../connector/hub.ts'
import type { Queryable } from '../database/pool.ts'
import type { Files } from '../files/files.ts'
import { BackupFailure } from './backup.ts'
import { backupPath, listBackups, pruneBackups } from './backup-folder.ts'
import { writeBackupState } from './backup-state.ts'
import { checkBackup } from './check-backup.ts'
import { connect } from './database-store.ts'
import { type WrittenBackup, writeBackup } from './write-backup.ts'

export interface BackupDeps {
  db: Queryable
  databaseUrl: string
  files: Files
  logger: Logger
  migrationsDir: string
}

interface BackupOptions {
  folder: string
  passphrase?: string | undefined
  /** The secret key's text, to be put into the archive. */
  key?: string | undefined
  isChecked: boolean
  /** How many stay, the new one included; absent: all. */
  keep?: number | undefined
}

const backupLock = 72707372

/** Left free for the work of the hub itself: a full disk takes nothing in. */
const reserveBytes = 200_000_000

/**
 * Makes a backup in its folder, proves it, removes old ones, and notes for the health page how it went. One that is not proven is removed
 * and no older one is given up for it.
 * @throws BackupFailure `disk_full`, `unequal` …
 */
export async function makeBackup(deps: BackupDeps, options: BackupOptions): Promise<WrittenBackup> {
  const at = new Date()
  const lock = await lockBackups(deps.databaseUrl)
  try {
    await refuseFullDisk(deps.db, options)
    const path = backupPath(options.folder, at, options.passphrase !== undefined)
    const written = await writeBackup(deps, { path, passphrase: options.passphrase, key: options.key })
    if (options.isChecked) await checkOrRemove(deps, path, options.passphrase)
    await pruneBackups(options.folder, options.keep)
    const { bytes, rows, files, seconds } = written
    const checkedAt = options.isChecked ? new Date().toISOString() : null
    const isEncrypted = options.passphrase !== undefined
    await writeBackupState(deps.db, {
      lastAt: at.toISOString(),
      bytes,
      rows,
      files,
      seconds,
      isEncrypted,
      checkedAt,
      failedAt: null,
      failure: null,
      failureCode: null,
    })
    deps.logger.info({ path, bytes, rows, files, seconds, isChecked: options.isChecked }, 'a backup was made')
    return written
  } catch (error) {
    await writeBackupState(deps.db, {
      failedAt: at.toISOString(),
      failure: (error as Error).message,
      failureCode: error instanceof BackupFailure ? error.code : null,
    }).catch(() => {})
    throw error
  } finally {
    await lock.end()
  }
}

/** One backup at a time, whoever makes it; freed by the server when its connection ends, however it ends. */
async function lockBackups(databaseUrl: string): Promise<pg.Client> {
  const client = await connect(databaseUrl, 'switchboard backup lock')
  const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [backupLock])
  if (rows[0]?.taken) return client
  await client.end()
  throw new BackupFailure('in_use', 'Another backup is being made: wait for its end.')
}

async function checkOrRemove(deps: BackupDeps, path: string, passphrase: string | undefined): Promise<void> {
  try {
    await checkBackup(deps, { path, passphrase })
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
}

/** As large as the last one, half as much again, and the scratch database for the check. */
async function refuseFullDisk(db: Queryable, { folder, isChecked }: BackupOptions): Promise<void> {
  const [last] = await listBackups(folder)
  const disk = await statfs(folder).catch(() => undefined)
  if (!disk) return
  const { rows } = await db.query<{ bytes: string }>('select pg_database_size(current_database()) as bytes')
  const needed = reserveBytes + (last?.bytes ?? 0) * 1.5 + (isChecked ? Number(rows[0]?.bytes ?? 0) * 1.2 : 0)
  const free = disk.bavail * disk.bsize
  if (free >= needed) return
  const megabytes = (bytes: number) => Math.round(bytes / 1_000_000)
  throw new BackupFailure(
    'disk_full',
    `The disk of ${folder} has ${megabytes(free)} MB left, and a backup may need ${megabytes(needed)} MB: free some space, or set BACKUP_DIR to another disk.`,
  )
}
