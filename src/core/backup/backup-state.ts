import type { Queryable } from '../database/pool.ts'

/** What the health page says of backups. Times are ISO 8601. */
export interface BackupState {
  /** The newest whole backup. */
  lastAt: string | null
  bytes: number
  rows: number
  files: number
  seconds: number
  isEncrypted: boolean
  /** When the newest was restored into a scratch database and found equal. */
  checkedAt: string | null
  /** The last try that failed since then, in words. */
  failedAt: string | null
  failure: string | null
  /** Of `BackupFailure`; null: something else. */
  failureCode: string | null
}

const name = 'backup_state'

const none: BackupState = {
  lastAt: null,
  bytes: 0,
  rows: 0,
  files: 0,
  seconds: 0,
  isEncrypted: false,
  checkedAt: null,
  failedAt: null,
  failure: null,
  failureCode: null,
}

export async function readBackupState(db: Queryable): Promise<BackupState> {
  const { rows } = await db.query<{ value: Partial<BackupState> }>('select value from settings where name = $1', [name])
  return { ...none, ...rows[0]?.value }
}

export async function writeBackupState(db: Queryable, change: Partial<BackupState>): Promise<void> {
  await db.query(
    `insert into settings (name, value, updated_at) values ($1, $2::jsonb, now())
     on conflict (name) do update set value = settings.value || excluded.value, updated_at = now()`,
    [name, JSON.stringify(change)],
  )
}

/** When this hub's database was made: before the first backup there is nothing older to miss. */
export async function readBirth(db: Queryable): Promise<Date> {
  const { rows } = await db.query<{ at: Date | null }>('select min(started_at) as at from _prisma_migrations')
  return rows[0]?.at ?? new Date()
}
