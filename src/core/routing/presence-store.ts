import type { Queryable, Transaction } from '../database/pool.ts'
import type { PresenceState, PresenceView } from './presence.ts'

type PresenceRow = Omit<PresenceView, 'since'> & { since: Date }

const columns = `user_id as "userId", state, chosen, since`

function present(row: PresenceRow): PresenceView {
  return { ...row, since: row.since.toISOString() }
}

/** Everybody who was ever here; who is not listed is away. */
export async function selectPresence(db: Queryable): Promise<PresenceView[]> {
  const { rows } = await db.query<PresenceRow>(`select ${columns} from presence where user_id in (select id from users where disabled_at is null)`)
  return rows.map(present)
}

/** Notes that these users are connected now; gives those whose state changed by it. */
export async function noteSeen(tx: Transaction, userIds: string[]): Promise<PresenceView[]> {
  await tx.query(
    `insert into presence (user_id) select id from users where id = any($1::uuid[]) and disabled_at is null order by id
     on conflict (user_id) do update set seen_at = now()`,
    [userIds],
  )
  const { rows } = await tx.query<PresenceRow>(
    `update presence set state = chosen, since = now() where user_id = any($1::uuid[]) and state <> chosen returning ${columns}`,
    [userIds],
  )
  return rows.map(present)
}

/** Gives those who are away by now. */
export async function markLost(tx: Transaction, graceMs: number): Promise<PresenceView[]> {
  const { rows } = await tx.query<PresenceRow>(
    `update presence set state = 'away', since = now()
     where state <> 'away' and seen_at < now() - make_interval(secs => $1::float8 / 1000) returning ${columns}`,
    [graceMs],
  )
  return rows.map(present)
}

export async function writeChosen(tx: Transaction, userId: string, chosen: PresenceState): Promise<PresenceView | undefined> {
  const { rows } = await tx.query<PresenceRow>(
    `insert into presence (user_id, chosen, state) select id, $2, $2 from users where id = $1 and disabled_at is null
     on conflict (user_id) do update set chosen = $2, state = $2, seen_at = now(), since = case when presence.state = $2 then presence.since else now() end
     returning ${columns}`,
    [userId, chosen],
  )
  return rows.map(present)[0]
}
