import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { readConfig } from '../src/config.ts'
import { BackupFailure } from '../src/core/backup/backup.ts'
import { listBackups } from '../src/core/backup/backup-folder.ts'
import { checkBackup } from '../src/core/backup/check-backup.ts'
import { makeBackup } from '../src/core/backup/make-backup.ts'
import { openPool } from '../src/core/database/pool.ts'
import { openFiles } from '../src/core/files/files.ts'
import { StartFailure } from '../src/core/start-failure.ts'
import { commandLogger, runCommand } from '../src/start/command.ts'
import { migrationsDir } from '../src/start/open-database.ts'
import { reachDatabase } from '../src/start/reach-database.ts'
import { readKeyText } from '../src/start/secret-key.ts'

const usage = `npm run backup [-- options]       makes a backup of database and files, also while the hub runs, and proves it
  --dir <folder>      where to put it (BACKUP_DIR, else DATA_DIR/backups)
  --no-check          do not restore it into a scratch database afterwards
  --with-key          put the secret key into it too (only with BACKUP_PASSPHRASE)
npm run backup -- --verify <file> proves an existing one
npm run backup -- --list          lists what there is
The environment is that of the hub. BACKUP_PASSPHRASE encrypts.
`

const { values } = parseArgs({
  options: {
    dir: { type: 'string' },
    'no-check': { type: 'boolean', default: false },
    'with-key': { type: 'boolean', default: false },
    verify: { type: 'string' },
    list: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

await runCommand('The backup failed', async () => {
  if (values.help) return void process.stdout.write(usage)
  const config = readConfig(process.env)
  const folder = values.dir ? resolve(values.dir) : config.backup.folder
  if (values.list) return await list(folder)
  if (values.verify) return await verify(resolve(values.verify), config.backup.passphrase)
  await make(config, folder)
})

async function make(config: ReturnType<typeof readConfig>, folder: string): Promise<void> {
  const { passphrase } = config.backup
  if (values['with-key'] && !passphrase) {
    throw new BackupFailure('key', 'The secret key is put into encrypted backups only: set BACKUP_PASSPHRASE.')
  }
  const key = await readKeyText(config)
  if (values['with-key'] && key === undefined) throw new StartFailure('secret_key_wrong', 'There is no secret key here yet.')
  const logger = commandLogger(config)
  const database = await reachDatabase(config, logger)
  const pool = openPool(database.databaseUrl, 1)
  try {
    const made = await makeBackup(
      { db: pool, databaseUrl: database.databaseUrl, files: openFiles(config), logger, migrationsDir },
      { folder, passphrase, key: values['with-key'] ? key : undefined, isChecked: !values['no-check'] },
    )
    const proven = values['no-check'] ? '' : ' It was restored into a scratch database and is equal.'
    process.stdout.write(
      `${made.path}\n${made.rows} rows, ${made.files} files, ${(made.bytes / 1_000_000).toFixed(1)} MB in ${made.seconds.toFixed(1)} s.${proven}\n`,
    )
    if (!values['with-key']) process.stdout.write('The secret key is not in it: keep a copy of it apart (DATA_DIR/secret.key, or SECRET_KEY).\n')
  } finally {
    await pool.end()
    await database.close()
  }
}

async function verify(path: string, passphrase: string | undefined): Promise<void> {
  const { header, manifest, seconds } = await checkBackup({ logger: commandLogger(readConfig(process.env)), migrationsDir }, { path, passphrase })
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
  process.stdout.write(
    `${path} is good: of ${header.createdAt}, ${rows} rows, ${manifest.files.count} files, restored and compared in ${seconds.toFixed(1)} s.\n`,
  )
  if (header.keyCheck)
    process.stdout.write(`It needs the secret key with the fingerprint ${header.keyCheck.slice(0, 8)}${header.withKey ? ', which is in it' : ''}.\n`)
}

async function list(folder: string): Promise<void> {
  for (const { path, at, bytes } of await listBackups(folder)) {
    process.stdout.write(`${at.toISOString()}  ${(bytes / 1_000_000).toFixed(1).padStart(10)} MB  ${path}\n`)
  }
}
