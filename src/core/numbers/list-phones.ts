import { forConnector } from '../channels/channel.ts'
import type { ChannelDirectory } from '../channels/channel-directory.ts'
import type { DirectoryEntry } from '../connector/calling.ts'
import { ConnectorError } from '../connector/errors.ts'
import type { Hub } from '../connector/hub.ts'
import { CoreError } from '../errors.ts'

interface Deps {
  directory: ChannelDirectory
  publicUrl: string
  hubOf(channelId: string): Hub
}

/** Whom the PBX behind a channel knows. Throws `not_found`; `unsupported` when the connector cannot tell; `unavailable` with the vendor's reason. */
export async function listPhones(deps: Deps, channelId: string): Promise<DirectoryEntry[]> {
  const channel = deps.directory.byId(channelId)
  if (!channel) throw new CoreError('not_found')
  if (!channel.connector.directory) throw new CoreError('unsupported', 'This PBX does not tell its phones: type them.')
  try {
    return await channel.connector.directory(forConnector(channel, deps.publicUrl), deps.hubOf(channelId))
  } catch (error) {
    if (error instanceof ConnectorError) throw new CoreError('unavailable', error.message)
    throw error
  }
}
