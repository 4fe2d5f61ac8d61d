import type { Actor } from '../access/actor.ts'
import type { Caller } from '../access/audit.ts'
import { readCall } from '../calls/list-calls.ts'
import { inTransaction, type Pool, type Queryable } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import { type CallComment, deleteComment, insertComment, type Listening, readComments, readListeners } from './comment-store.ts'

interface Deps {
  pool: Pool
}

/** What reviewers and the operator of the call say of its moments; colleagues do not see it. Throws `not_found`. */
export async function listComments({ pool }: Deps, actor: Actor, callId: string): Promise<CallComment[]> {
  return (await isConcerned(pool, actor, callId)) ? await readComments(pool, callId) : []
}

/** Who heard it: the operator of the call sees that too. Throws `not_found`. */
export async function listListeners({ pool }: Deps, actor: Actor, callId: string): Promise<Listening[]> {
  return (await isConcerned(pool, actor, callId)) ? await readListeners(pool, callId) : []
}

/** Throws `not_found`; `forbidden` for the call of a colleague. */
export async function commentCall(
  { pool }: Deps,
  callId: string,
  comment: { atSeconds: number; text: string },
  { actor }: Caller,
): Promise<CallComment[]> {
  return await inTransaction(pool, async (tx) => {
    if (!(await isConcerned(tx, actor, callId))) throw new CoreError('forbidden')
    await insertComment(tx, callId, actor.id, comment)
    return await readComments(tx, callId)
  })
}

/** Takes back a comment of one's own. Throws `not_found`. */
export async function removeComment({ pool }: Deps, callId: string, id: string, { actor }: Caller): Promise<void> {
  if (!(await deleteComment(pool, callId, id, actor.id))) throw new CoreError('not_found')
}

async function isConcerned(db: Queryable, actor: Actor, callId: string): Promise<boolean> {
  const call = await readCall({ pool: db }, actor, callId)
  return actor.role !== 'operator' || call.userId === actor.id
}
