import { readFirm } from '../access/firm-store.ts'
import type { Pool } from '../database/pool.ts'
import type { Jobs } from '../jobs/queue.ts'
import { isBackupDue } from './backup-due.ts'
import { readBackupState, readBirth } from './backup-state.ts'
import { type BackupDeps, makeBackup } from './make-backup.ts'

const lookEveryMs = 10 * 60_000
/** After a failure the disk is not worn out by trying. */
const retryMs = 60 * 60_000

interface KeepDeps extends Omit<BackupDeps, 'db'> {
  pool: Pool
  jobs: Jobs
}

interface KeepOptions {
  folder: string
  everyHours: number
  keep: number
  passphrase: string | undefined
  check: boolean
}

/** Makes backups by itself, in one process of all, at night; a night that was missed is made up for. */
export async function keepBackups(deps: KeepDeps, options: KeepOptions): Promise<void> {
  deps.jobs.define<{ isAsked?: boolean }>(
    'backup',
    async ({ isAsked }) => {
      const [state, birth, firm] = await Promise.all([readBackupState(deps.pool), readBirth(deps.pool), readFirm(deps.pool)])
      const now = new Date()
      const last = state.lastAt === null ? birth : new Date(state.lastAt)
      if (!isAsked && !isBackupDue(now, last, options.everyHours, firm.timeZone)) return
      if (!isAsked && state.failedAt !== null && now.getTime() - Date.parse(state.failedAt) < retryMs) return
      const { folder, passphrase, keep, check } = options
      await makeBackup({ ...deps, db: deps.pool }, { folder, passphrase, keep, isChecked: check })
    },
    { lane: 'long' },
  )
  await deps.jobs.every('backup', lookEveryMs)
}
