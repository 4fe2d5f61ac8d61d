import { forConnector } from '../channels/channel.ts'
import type { ChannelDirectory } from '../channels/channel-directory.ts'
import { ConnectorError, type ConnectorErrorCode } from '../connector/errors.ts'
import type { Hub, Logger } from '../connector/hub.ts'

export interface ReconcileDeps {
  directory: ChannelDirectory
  hubOf(channelId: string): Hub
  publicUrl: string
  logger: Logger
}

/** State of a channel: up to when its vendor's statistics have been asked for. */
const reconciledState = 'core.reconciled-until'
const hourMs = 3_600_000
/** Calls that ran when they were asked for last have their final record now. */
const overlapMs = 6 * hourMs
const firstMs = 24 * hourMs
const furthestMs = 31 * 24 * hourMs
const inVain: ReadonlySet<ConnectorErrorCode> = new Set(['auth_failed', 'rejected', 'unsupported', 'blocked'])

/**
 * Asks a channel's vendor for the calls since it was asked last, so that what no event told is there: calls, their ends, their recordings. Does nothing for a
 * channel that is paused or has no statistics. Throws ConnectorError when it is worth another try.
 */
export async function reconcileCalls(deps: ReconcileDeps, channelId: string): Promise<void> {
  const channel = deps.directory.byId(channelId)
  if (!channel?.connector.history || channel.pausedAt !== null || channel.settingsFault !== undefined) return
  const hub = deps.hubOf(channelId)
  const to = hub.clock.now()
  const before = Date.parse((await hub.state.get(reconciledState)) ?? '')
  const since = Number.isNaN(before) ? to.getTime() - firstMs : before - overlapMs
  const from = new Date(Math.max(since, to.getTime() - furthestMs))
  try {
    await channel.connector.history({ from, to }, forConnector(channel, deps.publicUrl), hub)
  } catch (error) {
    hub.logger.warn({ from, to, error: String(error) }, 'the calls of a time could not be asked for')
    if (error instanceof ConnectorError && inVain.has(error.code)) return
    throw error
  }
  await hub.state.set(reconciledState, to.toISOString())
  hub.logger.info({ from, to }, 'the calls of a time were asked for')
}
