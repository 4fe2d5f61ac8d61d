import { newId } from '../database/id.ts'
import { type ChangedBy, type ChannelDeps, changeChannel, connectorOf, validSettings } from './change-channel.ts'
import { type ChannelView, newChannelKey, sealSettings } from './channel.ts'
import { insertChannel } from './channel-store.ts'

export interface NewChannel extends ChangedBy {
  connector: string
  name: string
  settings: Record<string, unknown>
  teamId?: string | null
}

/** Opens a channel; its hook answers as soon as this resolves. Throws `unknown_connector`, `invalid_settings`. */
export async function createChannel(deps: ChannelDeps, input: NewChannel): Promise<ChannelView> {
  const connector = connectorOf(deps, input.connector)
  validSettings(connector, input.settings)
  const row = {
    id: newId(),
    key: newChannelKey(),
    connector: connector.manifest.id,
    media: connector.manifest.media,
    name: input.name.replaceAll('\u0000', '').trim() || connector.manifest.title.en,
    settings: sealSettings(connector, input.settings, deps.vault),
    state: 'waiting' as const,
    stateDetail: null,
    pausedAt: null,
    teamId: input.teamId ?? null,
    lastDeliveryAt: null,
    createdAt: new Date(),
  }
  return changeChannel(deps, input, async (tx) => {
    await insertChannel(tx, row)
    return { row, action: 'channel.created' }
  })
}
