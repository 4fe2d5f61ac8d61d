import type { Caller } from '../access/audit.ts'
import { inTransaction, type Pool } from '../database/pool.ts'
import { requireDisposition } from '../dispositions/disposition-store.ts'
import { CoreError } from '../errors.ts'
import { appendLiveEvents } from '../realtime/append-live-events.ts'
import { callNews } from './call-news.ts'
import { readCall } from './list-calls.ts'
import type { CallView } from './present-call.ts'

/** What people say of a call, while it runs or after. Absent: stays. `wrappedUp`: its after-work is done. */
export interface CallPatch {
  disposition?: string | null | undefined
  note?: string | null | undefined
  wrappedUp?: boolean | undefined
}

/** Throws `not_found`; `unknown_disposition` for a result that is on no list. */
export async function changeCall({ pool }: { pool: Pool }, id: string, patch: CallPatch, { actor }: Caller): Promise<CallView> {
  return await inTransaction(pool, async (tx) => {
    const before = await readCall({ pool: tx }, actor, id)
    if (patch.disposition != null && patch.disposition !== before.disposition) await requireDisposition(tx, patch.disposition)
    await tx.query(
      `update calls set disposition = case when $2 then $3 else disposition end, note = case when $4 then $5 else note end,
        wrapped_up_at = case when $6::bool is null then wrapped_up_at when $6 then coalesce(wrapped_up_at, now()) end, updated_at = now() where id = $1`,
      [id, patch.disposition !== undefined, patch.disposition ?? null, patch.note !== undefined, patch.note ?? null, patch.wrappedUp ?? null],
    )
    const news = await callNews(tx, [id])
    await appendLiveEvents(tx, news)
    const view = await readCall({ pool: tx }, actor, id)
    if (news.length === 0) throw new CoreError('not_found')
    return view
  })
}
