import { systemActor } from '../access/actor.ts'
import { recordAudit } from '../access/audit.ts'
import { inTransaction, type Pool } from '../database/pool.ts'
import type { Files } from '../files/files.ts'
import { eraseStored, removeErasedFiles } from './recording-store.ts'
import { lockOutdated, readRetention } from './retention-store.ts'

const atOnce = 200

/** Erases the sound of calls whose time is over by the firm's rules, some at a time, each time with its line in the audit. That it was there, and why it went, stays. */
export async function eraseOutdated({ pool, files }: { pool: Pool; files: Files }, now = new Date()): Promise<{ recordings: number; bytes: number }> {
  const total = { recordings: 0, bytes: 0 }
  for (;;) {
    const erased = await eraseSome(pool, now)
    await removeErasedFiles(pool, files)
    total.recordings += erased.length
    for (const { bytes } of erased) total.bytes += bytes ?? 0
    if (erased.length < atOnce) return total
  }
}

async function eraseSome(pool: Pool, now: Date): Promise<{ id: string; bytes: number | null }[]> {
  return await inTransaction(pool, async (tx) => {
    const rules = await readRetention(tx)
    const outdated = rules.length === 0 ? [] : await lockOutdated(tx, rules, now, atOnce)
    if (outdated.length === 0) return []
    const ids = outdated.map(({ id }) => id)
    await eraseStored(tx, ids, 'retention')
    const bytes = outdated.reduce((sum, one) => sum + (one.bytes ?? 0), 0)
    await recordAudit(
      tx,
      { actor: systemActor },
      { action: 'recording.outdated', detail: { recordings: ids.length, bytes, rules, recordingIds: ids } },
    )
    return outdated
  })
}
