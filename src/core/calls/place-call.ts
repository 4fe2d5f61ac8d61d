import { actorId } from '../access/actor.ts'
import type { Caller } from '../access/audit.ts'
import type { LoadedChannel } from '../channels/channel.ts'
import type { ChannelDirectory } from '../channels/channel-directory.ts'
import type { Hub } from '../connector/hub.ts'
import { requireCard } from '../contacts/visible-contacts.ts'
import { newId } from '../database/id.ts'
import { inTransaction, type Pool } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import { appendLiveEvents } from '../realtime/append-live-events.ts'
import { askVendor } from './ask-vendor.ts'
import { callNews } from './call-news.ts'
import { readCall } from './list-calls.ts'
import type { CallView } from './present-call.ts'
import { insertRequest, numberOfUser, phoneOfCard } from './request-store.ts'

export interface CallingDeps {
  pool: Pool
  directory: ChannelDirectory
  publicUrl: string
  hubOf(channelId: string): Hub
}

export interface WantedCall {
  contactId: string
  /** E.164, one of the card's phones. */
  to: string
  /** Absent: the only channel that can place calls. */
  channelId?: string | undefined
}

/**
 * Click to call: the user's own phone is rung first, then the client. The call is on the card before the vendor is asked, and asked once: an unclear answer
 * leaves it to the vendor's events to tell. Throws `not_found`; `unsupported` when no channel can; `invalid_request` when the user has no number, or the card not this phone.
 */
export async function placeCall(deps: CallingDeps, wanted: WantedCall, { actor }: Caller): Promise<CallView> {
  const cardId = await requireCard(deps.pool, actor, wanted.contactId)
  const channel = callingChannel(deps.directory, wanted.channelId)
  const userId = actorId(actor)
  const user = userId === null ? undefined : await numberOfUser(deps.pool, userId, channel.id)
  if (user === undefined) throw new CoreError('invalid_request', 'You have no extension on this channel: an administrator gives it in Team.')
  const contactId = await phoneOfCard(deps.pool, cardId, wanted.to)
  if (contactId === undefined) throw new CoreError('invalid_request', 'This card does not have this phone.')
  const id = newId()
  await inTransaction(deps.pool, async (tx) => {
    await insertRequest(tx, { id, channel, contactId, userId, user, to: wanted.to })
    await appendLiveEvents(tx, await callNews(tx, [id]))
  })
  await askVendor(deps, channel, { id, user, to: wanted.to })
  return await readCall(deps, actor, id)
}

function callingChannel(directory: ChannelDirectory, id: string | undefined): LoadedChannel {
  const able = directory
    .all()
    .filter((channel) => channel.connector.placeCall && channel.pausedAt === null && (id === undefined || channel.id === id))
  const [first] = able
  if (!first) throw new CoreError('unsupported', 'No channel can place calls.')
  return first
}
