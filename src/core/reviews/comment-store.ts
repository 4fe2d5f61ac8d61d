import { newId } from '../database/id.ts'
import type { Queryable } from '../database/pool.ts'

export interface CallComment {
  id: string
  authorId: string
  /** Of the recording, in seconds. */
  atSeconds: number
  text: string
  createdAt: string
}

const columns = 'id, author_id as "authorId", at_seconds as "atSeconds", text, created_at as "createdAt"'

export async function readComments(db: Queryable, callId: string): Promise<CallComment[]> {
  const { rows } = await db.query<Omit<CallComment, 'createdAt'> & { createdAt: Date }>(
    `select ${columns} from call_comments where call_id = $1 order by at_seconds, created_at, id limit 500`,
    [callId],
  )
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }))
}

export async function insertComment(db: Queryable, callId: string, authorId: string, comment: { atSeconds: number; text: string }): Promise<void> {
  await db.query('insert into call_comments (id, call_id, author_id, at_seconds, text) values ($1, $2, $3, $4, $5)', [
    newId(),
    callId,
    authorId,
    comment.atSeconds,
    comment.text,
  ])
}

/** His own; false: there is none. */
export async function deleteComment(db: Queryable, callId: string, id: string, authorId: string): Promise<boolean> {
  const { rowCount } = await db.query('delete from call_comments where id = $1 and call_id = $2 and author_id = $3', [id, callId, authorId])
  return rowCount === 1
}

export interface Listening {
  actorId: string | null
  action: string
  at: string
}

/** Who heard or saved the recordings of a call, each with his last time, the latest first. */
export async function readListeners(db: Queryable, callId: string): Promise<Listening[]> {
  const { rows } = await db.query<{ actorId: string | null; action: string; at: Date }>(
    `select a.actor_id as "actorId", a.action, max(a.at) as at from recordings r join audit a on a.subject = r.id::text
     where r.call_id = $1 and a.action in ('recording.listened', 'recording.downloaded', 'recording.erased') group by a.actor_id, a.action order by max(a.at) desc limit 100`,
    [callId],
  )
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}
