import { callNews } from '../calls/call-news.ts'
import { inTransaction, type Pool, type Queryable, type Transaction } from '../database/pool.ts'
import { appendLiveEvents } from '../realtime/append-live-events.ts'

export interface DueRecording {
  id: string
  callId: string
  channelId: string
  ref: string
  attempts: number
  createdAt: Date
}

export interface FetchedRecording {
  file: string
  sha256: string
  type: string
  size: number
  seconds: number | null
  peaks: number[][] | null
}

/** Recordings whose time has come, the oldest first. */
export async function readDueIds(db: Queryable, limit: number): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select id from recordings where state in ('expected', 'fetching') and next_attempt_at <= now() and ref is not null order by next_attempt_at limit $1`,
    [limit],
  )
  return rows.map((row) => row.id)
}

/** Takes a due recording for `holdSeconds`: another process does not fetch it meanwhile; undefined: it is no longer due. */
export async function takeRecording(pool: Pool, id: string, holdSeconds: number): Promise<DueRecording | undefined> {
  const { rows } = await pool.query<DueRecording>(
    `update recordings set state = 'fetching', attempts = attempts + 1, next_attempt_at = now() + make_interval(secs => $2)
     where id = $1 and state in ('expected', 'fetching') and next_attempt_at <= now() and ref is not null
     returning id, call_id as "callId", channel_id as "channelId", ref, attempts, created_at as "createdAt"`,
    [id, holdSeconds],
  )
  return rows[0]
}

export async function keepRecording(pool: Pool, recording: DueRecording, fetched: FetchedRecording): Promise<void> {
  await change(
    pool,
    recording,
    `state = 'ready', file = $2, sha256 = $3, type = $4, size = $5, seconds = coalesce($6, seconds), peaks = $7, fetched_at = now(), reason = null, next_attempt_at = null`,
    [fetched.file, fetched.sha256, fetched.type, fetched.size, fetched.seconds, fetched.peaks === null ? null : JSON.stringify(fetched.peaks)],
  )
}

/** It is tried again after `seconds`; the reason is shown meanwhile. */
export async function retryRecording(pool: Pool, recording: DueRecording, reason: string, seconds: number): Promise<void> {
  await change(pool, recording, `state = 'expected', reason = $2, next_attempt_at = now() + make_interval(secs => $3)`, [reason, seconds])
}

export async function loseRecording(pool: Pool, recording: DueRecording, reason: string): Promise<void> {
  await change(pool, recording, `state = 'missing', reason = $2, next_attempt_at = null`, [reason])
}

async function change(pool: Pool, recording: DueRecording, set: string, values: unknown[]): Promise<void> {
  await inTransaction(pool, async (tx) => {
    const { rowCount } = await tx.query(`update recordings set ${set} where id = $1 and state = 'fetching'`, [recording.id, ...values])
    if (rowCount === 1) await appendLiveEvents(tx, await callNews(tx, [recording.callId]))
  })
}

export interface StoredRecording {
  id: string
  callId: string
  state: string
  reason: string | null
  file: string | null
  sha256: string | null
  type: string | null
  size: number | null
  seconds: number | null
  sides: string[] | null
  peaks: number[][] | null
}

export async function readRecording(db: Queryable, callId: string, id: string): Promise<StoredRecording | undefined> {
  const { rows } = await db.query<StoredRecording>(
    `select id, call_id as "callId", state, reason, file, sha256, type, size, seconds, tracks as sides, peaks from recordings where id = $1 and call_id = $2`,
    [id, callId],
  )
  return rows[0]
}

/** Marks a recording erased; gives its file when no other recording has the same. */
export async function eraseStored(tx: Transaction, id: string): Promise<string | undefined> {
  const { rows } = await tx.query<{ file: string | null; shared: boolean }>(
    `with old as (select id, file from recordings where id = $1 for update)
     update recordings r set state = 'erased', file = null, peaks = null, ref = null, erased_at = now(), next_attempt_at = null from old where r.id = old.id
     returning old.file, exists (select from recordings o where o.file = old.file and o.id <> old.id) as shared`,
    [id],
  )
  const [row] = rows
  return row?.file && !row.shared ? row.file : undefined
}

/** Consoles hear of the call anew. */
export async function announceRecording(tx: Transaction, callId: string): Promise<void> {
  await appendLiveEvents(tx, await callNews(tx, [callId]))
}
