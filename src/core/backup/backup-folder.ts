import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

export interface StoredBackup {
  path: string
  /** From its name. */
  at: Date
  bytes: number
}

const shape = /^switchboard-(\d{4}-\d\d-\d\d)T(\d\d)(\d\d)(\d\d)Z\.tar\.zst(\.age)?$/

/** Where a backup of this moment is put. */
export function backupPath(folder: string, at: Date, isSealed: boolean): string {
  const time = at.toISOString().slice(0, 19).replaceAll(':', '')
  return join(folder, `switchboard-${time}Z.tar.zst${isSealed ? '.age' : ''}`)
}

/** The backups of a folder, newest first. Other files are not looked at. */
export async function listBackups(folder: string): Promise<StoredBackup[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  const found = await Promise.all(names.map((name) => describe(folder, name)))
  return found.filter((backup) => backup !== undefined).sort((a, b) => b.at.getTime() - a.at.getTime())
}

async function describe(folder: string, name: string): Promise<StoredBackup | undefined> {
  const match = shape.exec(name)
  if (!match) return undefined
  const path = join(folder, name)
  const found = await stat(path).catch(() => undefined)
  return found && { path, at: new Date(`${match[1]}T${match[2]}:${match[3]}:${match[4]}Z`), bytes: found.size }
}

/** Removes all but the newest `keep` (absent: none), and what runs that were cut off left behind. Call when no other backup runs. */
export async function pruneBackups(folder: string, keep: number = Number.POSITIVE_INFINITY): Promise<void> {
  for (const { path } of (await listBackups(folder)).slice(keep)) await rm(path, { force: true })
  for (const name of await readdir(folder)) {
    if (/^switchboard-.*\.unfinished$|^scratch-/.test(name)) await rm(join(folder, name), { recursive: true, force: true })
  }
}
