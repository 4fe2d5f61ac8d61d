import { readFirm, saveSetting } from '../access/firm-store.ts'
import type { Pool } from '../database/pool.ts'
import { lastNight } from './last-night.ts'
import type { Jobs } from './queue.ts'

const lookEveryMs = 10 * 60_000

/** Does some work once after three at night by the firm's clock, in one process of all; a night that was missed is made up for. `work` that throws is tried again. */
export async function everyNight({ pool, jobs }: { pool: Pool; jobs: Jobs }, name: string, work: () => Promise<void>): Promise<void> {
  jobs.define(name, async () => {
    const now = new Date()
    const { timeZone } = await readFirm(pool)
    const done = await readNight(pool, name)
    if (done !== undefined && done >= lastNight(now, timeZone)) return
    await work()
    await saveSetting(pool, settingOf(name), { doneAt: now.toISOString() })
  })
  await jobs.every(name, lookEveryMs)
}

async function readNight(pool: Pool, name: string): Promise<Date | undefined> {
  const { rows } = await pool.query<{ value: { doneAt: string } }>('select value from settings where name = $1', [settingOf(name)])
  return rows[0] && new Date(rows[0].value.doneAt)
}

function settingOf(name: string): string {
  return `night:${name}`
}
