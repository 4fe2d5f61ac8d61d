import type { Queryable } from '../database/pool.ts'

/** Which of these users and keys may no longer come in, and which of these sessions have ended. One query. */
export async function readRevoked(db: Queryable, open: { actorIds: string[]; sessionIds: string[] }): Promise<Set<string>> {
  const { rows } = await db.query<{ id: string }>(
    `select id from unnest($1::uuid[]) as actor(id)
       where not exists (select from users u where u.id = actor.id and u.disabled_at is null)
         and not exists (select from api_keys k where k.id = actor.id and k.revoked_at is null)
     union all select id from unnest($2::uuid[]) as session(id)
       where not exists (select from sessions s where s.id = session.id and s.expires_at > now())`,
    [open.actorIds, open.sessionIds],
  )
  return new Set(rows.map((row) => row.id))
}
