import type { Actor } from '../access/actor.ts'
import type { LoadedChannel } from '../channels/channel.ts'
import { deliveryIdHeader, type RawDelivery } from '../connector/delivery.ts'
import type { InboundEvent } from '../connector/event.ts'
import type { Localised } from '../connector/manifest.ts'
import type { ReadField } from '../connector/mapping.ts'
import type { Pool } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import type { Files } from '../files/files.ts'
import { type FirmContext, keysOf } from './apply/keys.ts'
import { type ClaimedRow, claimedColumns, presentClaimed } from './claim-store.ts'
import { cleanText } from './clean-event.ts'
import { type EventSummary, summarise } from './event-summary.ts'
import { type MatchPreview, previewMatch } from './preview-match.ts'

interface Deps {
  pool: Pool
  files: Files
  firm(): FirmContext
}

/** One submission of a delivery: how it is read, what would stand on the card, and on whose. */
export interface CardPreview {
  sender: Localised
  fields: ReadField[]
  card: EventSummary
  match: MatchPreview | null
}

const mostShown = 20

/**
 * What a stored delivery would become by a channel's settings, which may be a draft. Nothing is written. Throws `not_found`, `unsupported` for connectors
 * that cannot say what their fields mean.
 */
export async function previewCards(
  deps: Deps,
  { channel, deliveryId, seenBy }: { channel: LoadedChannel; deliveryId: string; seenBy: Actor | null },
): Promise<CardPreview[]> {
  const { rows } = await deps.pool.query<ClaimedRow>(`select ${claimedColumns} from deliveries where id = $1 and channel_id = $2`, [
    deliveryId,
    channel.id,
  ])
  if (!rows[0]) throw new CoreError('not_found', 'There is no such delivery.')
  const { raw, bodyFile, receivedAt } = presentClaimed(rows[0])
  const body = bodyFile === null ? raw.body : await deps.files.read(bodyFile)
  const headers = { ...raw.headers, [deliveryIdHeader]: deliveryId }
  return await previewRequest(deps, { channel, request: { ...raw, headers, body }, receivedAt, seenBy })
}

/** The same of a request that never came: of one that somebody pasted. */
export async function previewRequest(
  deps: Deps,
  { channel, request, receivedAt, seenBy }: { channel: LoadedChannel; request: RawDelivery; receivedAt: Date; seenBy: Actor | null },
): Promise<CardPreview[]> {
  const { connector, settings } = channel
  if (!connector.readFields) throw new CoreError('unsupported', 'This connector has no fields to map.')
  const read = await connector.readFields({ ...request, receivedAt }, settings)
  const previews = read.slice(0, mostShown).map(async ({ sender, fields, event }) => {
    const clean = cleanText(event)
    return { sender, fields, card: summarise(clean), match: await matchOf(deps, clean, seenBy) }
  })
  return await Promise.all(previews)
}

async function matchOf(deps: Deps, event: InboundEvent, seenBy: Actor | null): Promise<MatchPreview | null> {
  if (event.type !== 'form') return null
  const { client } = keysOf({ ...event, attachments: [] }, deps.firm())
  return await previewMatch(deps.pool, client, { topic: event.topic ?? '', seenBy })
}
