import type { ChannelDirectory } from '../channels/channel-directory.ts'
import type { Pool, Queryable } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import type { Files } from '../files/files.ts'
import { readDelivery } from './delivery-store.ts'
import { readContents } from './read-events.ts'
import { compareReading, type EventChange, type StandingEvent } from './replay-diff.ts'

interface Deps {
  pool: Pool
  files: Files
  channels: ChannelDirectory
}

export interface ReplayPreview {
  id: string
  channelId: string
  receivedAt: string
  /** It was not applied yet: a replay leaves it to the queue. */
  waits: boolean
  events: EventChange[]
}

/**
 * What a replay of a delivery would change, without doing it: reads it anew and compares with what stands. Writes nothing, stores no file.
 * @throws CoreError `not_found` when the delivery or its channel is gone
 */
export async function previewReplay(deps: Deps, id: string): Promise<ReplayPreview> {
  const delivery = await readDelivery(deps.pool, id)
  const channel = delivery && deps.channels.byId(delivery.channelId)
  if (!delivery || !channel) throw new CoreError('not_found', 'There is no such delivery, or its channel is gone.')
  const { channelId, status } = delivery
  const known = { id, channelId, receivedAt: delivery.receivedAt.toISOString() }
  if (status === 'received' || status === 'held') return { ...known, waits: true, events: [] }
  const read = await readContents(deps.files, delivery, channel)
  const standing = await selectStanding(
    deps.pool,
    { id, channelId },
    read.map((event) => event.key),
  )
  return { ...known, waits: false, events: compareReading(standing, read) }
}

/** Events that the delivery gave, and those of its channel with these keys that another delivery gave first. */
async function selectStanding(db: Queryable, delivery: { id: string; channelId: string }, keys: string[]): Promise<StandingEvent[]> {
  const { rows } = await db.query<StandingEvent>(
    `select d.key, d.kind, d.status, d.entry_id as "entryId", e.subject, e.text, e.html, e.source,
       exists (select from entry_versions v where v.entry_id = d.entry_id and v.cause = 'edit') as "isEdited"
     from delivery_events d left join entries e on e.id = d.entry_id
     where (d.channel_id = $1 and d.key = any($2::text[])) or d.delivery_id = $3`,
    [delivery.channelId, keys, delivery.id],
  )
  return rows
}
