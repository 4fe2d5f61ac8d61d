import { type Caller, recordAudit } from '../access/audit.ts'
import { readFirm, saveSetting } from '../access/firm-store.ts'
import { inTransaction, type Pool } from '../database/pool.ts'
import type { UntouchedSettings } from './untouched.ts'
import { readLocal, readUntouchedRun, readUntouchedSettings, writeUntouched } from './untouched-store.ts'

/** Makes the day's list of clients and leads whom nobody touched, once a day from the firm's hour on. Does nothing when it is made already. */
export async function listUntouched({ pool }: { pool: Pool }, now: Date): Promise<void> {
  const { timeZone } = await readFirm(pool)
  const settings = await readUntouchedSettings(pool)
  const { day, clock } = await readLocal(pool, now, timeZone)
  if (clock < settings.at || (await readUntouchedRun(pool)) === day) return
  await inTransaction(pool, async (tx) => {
    await writeUntouched(tx, { ...settings, day, now })
    await saveSetting(tx, 'untouched_run', { day, at: now.toISOString() })
  })
}

export async function saveUntouchedSettings({ pool }: { pool: Pool }, settings: UntouchedSettings, caller: Caller): Promise<UntouchedSettings> {
  await inTransaction(pool, async (tx) => {
    await saveSetting(tx, 'untouched', settings)
    await recordAudit(tx, caller, { action: 'untouched.changed', detail: settings })
  })
  return settings
}
