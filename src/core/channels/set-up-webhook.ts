import { ConnectorError } from '../connector/errors.ts'
import type { Hub } from '../connector/hub.ts'
import { CoreError } from '../errors.ts'
import { type ChangedBy, type ChannelDeps, changeChannel, lockedChannel } from './change-channel.ts'
import { type ChannelView, forConnector, type LoadedChannel } from './channel.ts'

function loaded(deps: Pick<ChannelDeps, 'directory'>, id: string): LoadedChannel {
  const channel = deps.directory.byId(id)
  if (!channel) throw new CoreError('not_found')
  if (channel.settingsFault) throw new CoreError('invalid_settings', channel.settingsFault)
  return channel
}

/** Registers the channel's hook at the vendor. Throws `not_found`, `invalid_settings`, `unsupported`; `check_failed` with the vendor's words. */
export async function setUpWebhook(deps: ChannelDeps & { hubOf(channelId: string): Hub }, input: ChangedBy & { id: string }): Promise<ChannelView> {
  const channel = loaded(deps, input.id)
  const { connector } = channel
  if (!connector.setUpWebhook) throw new CoreError('unsupported', 'The hook of this connector is entered by hand.')
  try {
    await connector.setUpWebhook(forConnector(channel, deps.publicUrl), deps.hubOf(channel.id))
  } catch (error) {
    if (error instanceof ConnectorError) throw new CoreError('check_failed', error.message, { reason: error.code }, { cause: error })
    throw error
  }
  return await changeChannel(deps, input, async (tx) => ({ row: await lockedChannel(tx, input.id), action: 'channel.webhook_set_up' }))
}

/** Code to copy into a site; none for connectors that have no use for it. Throws `not_found`, `invalid_settings`. */
export function listSnippets(deps: Pick<ChannelDeps, 'directory' | 'publicUrl'>, id: string) {
  const channel = loaded(deps, id)
  const snippets = channel.connector.snippets?.(forConnector(channel, deps.publicUrl)) ?? []
  return { items: snippets.map((snippet) => ({ ...snippet, steps: snippet.steps ?? [] })) }
}
