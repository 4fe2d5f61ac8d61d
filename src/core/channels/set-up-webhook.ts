import { ConnectorError } from '../connector/errors.ts'
import type { Hub } from '../connector/hub.ts'
import { CoreError } from '../errors.ts'
import { type ChangedBy, type ChannelDeps, changeChannel, lockedChannel } from './change-channel.ts'
import { type ChannelView, forConnector, type LoadedChannel } from './channel.ts'
import { updateChannel } from './update-channel.ts'

function loaded(deps: Pick<ChannelDeps, 'directory'>, id: string): LoadedChannel {
  const channel = deps.directory.byId(id)
  if (!channel) throw new CoreError('not_found')
  if (channel.settingsFault) throw new CoreError('invalid_settings', channel.settingsFault)
  return channel
}

/** A vendor that names something new each time is left alone after these. */
const mostRounds = 3

type SetUpDeps = ChannelDeps & { hubOf(channelId: string): Hub }

/** Registers the channel's hook at the vendor. Throws `not_found`, `invalid_settings`, `unsupported`; `check_failed` with the vendor's words. */
export async function setUpWebhook(deps: SetUpDeps, input: ChangedBy & { id: string }): Promise<ChannelView> {
  for (let round = 0; round < mostRounds; round += 1) {
    const learned = await register(deps, input.id)
    if (!learned) break
    await updateChannel(deps, { ...input, settings: learned })
  }
  return await changeChannel(deps, input, async (tx) => ({ row: await lockedChannel(tx, input.id), action: 'channel.webhook_set_up' }))
}

async function register(deps: SetUpDeps, id: string): Promise<Record<string, unknown> | undefined> {
  const channel = loaded(deps, id)
  const { connector } = channel
  if (!connector.setUpWebhook) throw new CoreError('unsupported', 'The hook of this connector is entered by hand.')
  try {
    return (await connector.setUpWebhook(forConnector(channel, deps.publicUrl), deps.hubOf(channel.id))) ?? undefined
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    throw new CoreError('check_failed', error.message, { reason: error.code, ...(error.words && { words: error.words }) }, { cause: error })
  }
}

/** Code to copy into a site; none for connectors that have no use for it. Throws `not_found`, `invalid_settings`. */
export function listSnippets(deps: Pick<ChannelDeps, 'directory' | 'publicUrl'>, id: string) {
  const channel = loaded(deps, id)
  const snippets = channel.connector.snippets?.(forConnector(channel, deps.publicUrl)) ?? []
  return { items: snippets.map((snippet) => ({ ...snippet, steps: snippet.steps ?? [] })) }
}
