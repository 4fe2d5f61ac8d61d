import { type Caller, recordAudit } from '../access/audit.ts'
import { readFirm } from '../access/firm-store.ts'
import { inTransaction, type Pool } from '../database/pool.ts'
import { momentOf } from '../tasks/task-store.ts'
import { readChecklist } from './checklist-store.ts'
import { drawCalls } from './review-store.ts'

/** Draws by chance the calls of one day, by the firm's clock (`2026-11-22`), that shall be reviewed: so many of each operator. Drawn again, only what is missing is added. */
export async function drawSample({ pool }: { pool: Pool }, day: string, caller: Caller): Promise<{ drawn: number }> {
  return await inTransaction(pool, async (tx) => {
    const { timeZone } = await readFirm(tx)
    const { perDay } = await readChecklist(tx)
    const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
    const [from, to] = [await momentOf(tx, `${day}T00:00`, timeZone), await momentOf(tx, `${next}T00:00`, timeZone)]
    const drawn = await drawCalls(tx, { day, from: from.toISOString(), to: to.toISOString(), perDay })
    await recordAudit(tx, caller, { action: 'reviews.drawn', detail: { day, drawn } })
    return { drawn }
  })
}
