import { CoreError } from '../errors.ts'
import { type ChannelDeps, connectorOf, validSettings } from './change-channel.ts'
import { type LoadedChannel, loadChannel } from './channel.ts'
import { readChannel } from './channel-store.ts'
import { mergeSettings } from './merge-settings.ts'

/**
 * A channel as it is, and as it would be with other settings: for looking at what they would do. Nothing is stored.
 * @throws CoreError `not_found`, `unknown_connector`, `invalid_settings`
 */
export async function draftChannel(
  deps: Pick<ChannelDeps, 'pool' | 'connectors' | 'vault'>,
  id: string,
  changes: Record<string, unknown> = {},
): Promise<{ stored: LoadedChannel; draft: LoadedChannel }> {
  const row = await readChannel(deps.pool, id)
  if (!row) throw new CoreError('not_found')
  const connector = connectorOf(deps, row.connector)
  const stored = loadChannel(row, connector, deps.vault)
  const settings = validSettings(connector, mergeSettings({ connector, vault: deps.vault }, row, changes))
  return { stored, draft: { ...stored, settings, settingsFault: undefined } }
}
