import { forConnector } from '../channels/channel.ts'
import type { ChannelDirectory } from '../channels/channel-directory.ts'
import type { HistoryRange } from '../connector/calling.ts'
import { ConnectorError, type ConnectorErrorCode } from '../connector/errors.ts'
import type { Hub, Logger } from '../connector/hub.ts'

export interface ReconcileDeps {
  directory: ChannelDirectory
  hubOf(channelId: string): Hub
  publicUrl: string
  logger: Logger
  /** Keeps what came of it for people; null: the list was read. */
  noteList(channelId: string, error: string | null): Promise<void>
}

const inVain: ReadonlySet<ConnectorErrorCode> = new Set(['auth_failed', 'rejected', 'unsupported', 'blocked'])

/**
 * Has a channel's vendor asked for the calls and recordings of a time. False for a channel that is paused or has no such list, and when asking again
 * would be in vain. Throws ConnectorError when it is worth another try.
 */
export async function askHistory(deps: ReconcileDeps, channelId: string, range: HistoryRange): Promise<boolean> {
  const channel = deps.directory.byId(channelId)
  if (!channel?.connector.history || channel.pausedAt !== null || channel.settingsFault !== undefined) return false
  const hub = deps.hubOf(channelId)
  try {
    await channel.connector.history(range, forConnector(channel, deps.publicUrl), hub)
  } catch (error) {
    hub.logger.warn({ ...range, error: String(error) }, 'the calls of a time could not be asked for')
    await deps.noteList(channelId, error instanceof Error ? error.message : String(error))
    if (error instanceof ConnectorError && inVain.has(error.code)) return false
    throw error
  }
  await deps.noteList(channelId, null)
  hub.logger.info({ ...range }, 'the calls of a time were asked for')
  return true
}
