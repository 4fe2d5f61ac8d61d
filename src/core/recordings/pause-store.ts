import { newId } from '../database/id.ts'
import type { Queryable } from '../database/pool.ts'

/** Keeps from when on nothing of a call is recorded; pausing what is paused changes nothing. */
export async function notePause(db: Queryable, callId: string, userId: string | null): Promise<void> {
  await db.query(
    `insert into recording_pauses (id, call_id, user_id, paused_at)
     select $1, $2, $3, now() where not exists (select from recording_pauses where call_id = $2 and resumed_at is null)`,
    [newId(), callId, userId],
  )
}

export async function noteResume(db: Queryable, callId: string): Promise<void> {
  await db.query('update recording_pauses set resumed_at = now() where call_id = $1 and resumed_at is null', [callId])
}

/**
 * Where a recording was paused, in seconds from its beginning: the sound goes on there as silence. Its beginning is the vendor's word, else the answer, for
 * recording begins with it.
 */
export async function readGaps(db: Queryable, recordingId: string): Promise<{ from: number; to: number }[]> {
  const { rows } = await db.query<{ from: number; to: number }>(
    `select round(greatest(0, extract(epoch from p.paused_at - began.at))::numeric, 1)::float as "from",
       round(least(coalesce(r.seconds, 86400), extract(epoch from coalesce(p.resumed_at, k.ended_at, now()) - began.at))::numeric, 1)::float as "to"
     from recordings r join calls k on k.id = r.call_id join recording_pauses p on p.call_id = k.id
     cross join lateral (select coalesce(r.started_at, k.answered_at, k.started_at) as at) began
     where r.id = $1 and r.state = 'ready' and coalesce(p.resumed_at, k.ended_at, now()) > began.at and (r.seconds is null or p.paused_at < began.at + make_interval(secs => r.seconds))
     order by p.paused_at`,
    [recordingId],
  )
  return rows
}
