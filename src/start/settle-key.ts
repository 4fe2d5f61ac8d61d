import { mkdir, writeFile } from 'node:fs/promises'
import type { Config } from '../config.ts'
import { BackupFailure, type BackupHeader } from '../core/backup/backup.ts'
import { keyCheckOf, keyFile, readKeyText } from './secret-key.ts'

/**
 * Makes sure, before a restore changes anything, that the hub will start with the key under which the backup was written. A key that lies
 * in the archive is put into an empty place; a key that stands there already is never replaced.
 * @throws BackupFailure `key`
 */
export async function settleKey(
  config: Pick<Config, 'secretKey' | 'dataDir'>,
  header: BackupHeader,
  keyInArchive: string | undefined,
): Promise<void> {
  if (header.keyCheck === null) return
  const file = keyFile(config.dataDir)
  const text = await readKeyText(config)
  const fingerprint = header.keyCheck.slice(0, 8)
  if (text !== undefined && keyCheckOf(text) === header.keyCheck) return
  if (text === undefined && keyInArchive !== undefined && keyCheckOf(keyInArchive) === header.keyCheck) {
    await mkdir(config.dataDir, { recursive: true, mode: 0o700 })
    await writeFile(file, `${keyInArchive}\n`, { mode: 0o600, flag: 'wx', flush: true })
    return
  }
  const what = `This backup needs the secret key with the fingerprint ${fingerprint}`
  const how = `Put the secret.key of the hub that made it at ${file}, or set SECRET_KEY, and restore again`
  if (text === undefined) throw new BackupFailure('key', `${what}, and there is none here. ${how}.`)
  const origin = config.secretKey ? 'SECRET_KEY' : `the key in ${file}`
  throw new BackupFailure('key', `${what}; ${origin} has ${keyCheckOf(text).slice(0, 8)}. ${how}.`)
}
