import { newId } from '../database/id.ts'
import type { Queryable, Transaction } from '../database/pool.ts'

/** Of one channel; older ones are forgotten. */
const mostKept = 50

/** Keeps what the settings were before a change, secrets sealed. */
export async function keepVersion(
  tx: Transaction,
  version: { channelId: string; settings: Record<string, unknown>; changed: string[]; actorId: string | null },
): Promise<void> {
  await tx.query('insert into channel_versions (id, channel_id, settings, changed, actor_id) values ($1, $2, $3, $4, $5)', [
    newId(),
    version.channelId,
    JSON.stringify(version.settings),
    version.changed,
    version.actorId,
  ])
  await tx.query(
    `delete from channel_versions where channel_id = $1 and id not in (select id from channel_versions where channel_id = $1 order by at desc, id desc limit ${mostKept})`,
    [version.channelId],
  )
}

export async function removeVersions(tx: Transaction, channelId: string): Promise<void> {
  await tx.query('delete from channel_versions where channel_id = $1', [channelId])
}

export interface VersionRow {
  id: string
  at: Date
  actor: string | null
  changed: string[]
  settings: Record<string, unknown>
}

/** Newest first. */
export async function readVersions(db: Queryable, channelId: string): Promise<VersionRow[]> {
  const { rows } = await db.query<VersionRow>(
    `select v.id, v.at, u.name as actor, v.changed, v.settings from channel_versions v left join users u on u.id = v.actor_id
     where v.channel_id = $1 order by v.at desc, v.id desc`,
    [channelId],
  )
  return rows
}
