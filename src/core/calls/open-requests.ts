import type { Queryable } from '../database/pool.ts'
import { requestName } from './request-name.ts'

/** A call that was asked for and for which no vendor has a name yet. */
export interface OpenRequest {
  id: string
  channelId: string
  /** The user's extension or number. */
  user: string | null
  /** The client's number, E.164. */
  to: string | null
  startedAt: Date
}

const windowMs = { before: 60_000, after: 180_000 }

/** Those of the last two days, the oldest first: what nothing told of is found in the vendor's statistics at night. */
export async function readOpenRequests(db: Queryable, channelIds: string[]): Promise<OpenRequest[]> {
  const { rows } = await db.query<OpenRequest>({
    name: 'open requests',
    text: `select k.id, k.channel_id as "channelId", k.from_value as "user", k.to_value as "to", k.started_at as "startedAt" from calls k
      where k.channel_id = any($1::uuid[]) and k.direction = 'outbound' and k.outcome is null and k.started_at > now() - interval '2 days'
        and exists (select from call_ids i where i.call_id = k.id and i.external_id = 'request:' || k.id)
        and not exists (select from call_ids i where i.call_id = k.id and i.external_id not like 'request:%')
      order by k.started_at limit 200`,
    values: [channelIds],
  })
  return rows
}

/**
 * Which request a call is that its vendor does not name so: the same channel and client, the same user where he is told, begun within a minute before it and
 * three after. `at`: every moment at which the call may have begun, by the vendor's clock and ours. Takes it from the list.
 */
export function takeRequest(requests: OpenRequest[], call: { channelId: string; client: string; users: string[]; at: Date[] }): string | undefined {
  const index = requests.findIndex((request) => {
    const isNear = call.at.some((at) => {
      const late = at.getTime() - request.startedAt.getTime()
      return late >= -windowMs.before && late <= windowMs.after
    })
    const isHis = call.users.length === 0 || call.users.some((user) => isSameNumber(user, request.user))
    return request.channelId === call.channelId && request.to === call.client && isHis && isNear
  })
  const [taken] = index < 0 ? [] : requests.splice(index, 1)
  return taken && requestName(taken.id)
}

/** Extensions as they are written; longer numbers with or without the plus. */
function isSameNumber(one: string, other: string | null): boolean {
  const plain = (text: string) => text.trim().toLowerCase().replace(/^\+/, '')
  return other !== null && plain(one) === plain(other)
}
