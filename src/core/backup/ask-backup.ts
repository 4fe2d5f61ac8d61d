import { type Caller, recordAudit } from '../access/audit.ts'
import type { Pool } from '../database/pool.ts'
import type { Jobs } from '../jobs/queue.ts'

/** Has a backup made now, by the process that makes those at night. */
export async function askBackup(deps: { pool: Pool; jobs: Pick<Jobs, 'add'> }, caller: Caller): Promise<void> {
  await recordAudit(deps.pool, caller, { action: 'backup.asked' })
  await deps.jobs.add('backup', { isAsked: true }, { jobId: 'backup-asked' })
}
