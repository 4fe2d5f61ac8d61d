import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { readConfig } from '../src/config.ts'
import { listBackups } from '../src/core/backup/backup-folder.ts'
import { restoreBackup } from '../src/core/backup/restore-backup.ts'
import { openFiles } from '../src/core/files/files.ts'
import { commandLogger, runCommand } from '../src/start/command.ts'
import { migrationsDir } from '../src/start/open-database.ts'
import { ownDatabase } from '../src/start/reach-database.ts'
import { settleKey } from '../src/start/settle-key.ts'

const usage = `npm run restore -- <file> | --latest   puts a backup into an empty hub
  --force   in the place of a hub that has data: all that is there is replaced
The environment is that of the hub: DATA_DIR, DATABASE_URL, S3_…, SECRET_KEY, BACKUP_PASSPHRASE. The hub must not be running.
`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    force: { type: 'boolean', default: false },
    latest: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

await runCommand('The restore failed', async () => {
  const config = readConfig(process.env)
  const path = values.latest ? (await listBackups(config.backup.folder))[0]?.path : positionals[0]
  if (values.help || !path) return void process.stdout.write(usage)
  const logger = commandLogger(config)
  const database = await ownDatabase(config, logger)
  try {
    const { header, manifest } = await restoreBackup(
      {
        databaseUrl: database.databaseUrl,
        files: openFiles(config),
        logger,
        migrationsDir,
        settleKey: (given, key) => settleKey(config, given, key),
      },
      { path: resolve(path), passphrase: config.backup.passphrase, force: values.force },
    )
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
    process.stdout.write(
      `Restored the backup of ${header.createdAt}: ${rows} rows, ${manifest.files.count} files.\n` +
        'Nothing is sent by itself: messages that were on their way wait for a decision in the console. Start the hub now.\n',
    )
  } finally {
    await database.close()
  }
})
