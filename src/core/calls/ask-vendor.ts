import { forConnector, type LoadedChannel } from '../channels/channel.ts'
import type { CallRequest } from '../connector/calling.ts'
import { ConnectorError } from '../connector/errors.ts'
import type { Hub } from '../connector/hub.ts'
import type { Pool } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import { failRequest, nameRequest } from './request-store.ts'

interface Deps {
  pool: Pool
  publicUrl: string
  hubOf(channelId: string): Hub
}

/** Has a call placed that is on its card already; once, for an unclear answer leaves it to the vendor's events. Throws `unavailable` when it was refused. */
export async function askVendor(deps: Deps, channel: LoadedChannel, request: CallRequest): Promise<void> {
  try {
    const placed = await channel.connector.placeCall?.(request, forConnector(channel, deps.publicUrl), deps.hubOf(channel.id))
    if (placed?.callId !== undefined) await nameRequest(deps.pool, { channelId: channel.id, id: request.id, name: placed.callId })
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    if (error.code !== 'outcome_unknown') await failRequest(deps.pool, request.id, channel.id)
    throw new CoreError('unavailable', error.message, { ...(error.words && { words: error.words }) })
  }
}
