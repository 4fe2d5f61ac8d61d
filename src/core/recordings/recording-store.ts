import { callNews } from '../calls/call-news.ts'
import { inTransaction, type Pool, type Queryable, type Transaction } from '../database/pool.ts'
import type { Files } from '../files/files.ts'
import { appendLiveEvents } from '../realtime/append-live-events.ts'
import type { ErasedReason } from './retention.ts'

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

/** Marks recordings erased, which consoles hear; their files are removed by `removeErasedFiles` afterwards. */
export async function eraseStored(tx: Transaction, ids: string[], reason: ErasedReason): Promise<void> {
  const { rows } = await tx.query<{ callId: string }>(
    `update recordings set state = 'erased', reason = $2, peaks = null, ref = null, erased_at = now(), next_attempt_at = null
     where id = any($1::uuid[]) and state <> 'erased' returning call_id as "callId"`,
    [ids, reason],
  )
  await appendLiveEvents(tx, await callNews(tx, [...new Set(rows.map(({ callId }) => callId))]))
}

const mostRemoved = 500

/** Removes what is left of erased recordings: a file that another one has too stays. What a crash left lying goes the next time. */
export async function removeErasedFiles(pool: Pool, files: Files): Promise<void> {
  for (;;) {
    const { rows } = await pool.query<{ id: string; file: string; isShared: boolean }>(
      `select r.id, r.file, exists (select from recordings o where o.file = r.file and o.state <> 'erased') as "isShared"
       from recordings r where r.state = 'erased' and r.file is not null limit ${mostRemoved}`,
    )
    for (const { file, isShared } of rows) if (!isShared) await files.remove(file)
    await pool.query('update recordings set file = null where id = any($1::uuid[])', [rows.map(({ id }) => id)])
    if (rows.length < mostRemoved) return
  }
}
