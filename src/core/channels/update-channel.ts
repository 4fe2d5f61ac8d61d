import { actorId } from '../access/actor.ts'
import { hastenChannel } from '../outbox/outbox-store.ts'
import { type ChangedBy, type ChannelDeps, changeChannel, connectorOf, lockedChannel, validSettings } from './change-channel.ts'
import { type ChannelRow, type ChannelView, sealSettings } from './channel.ts'
import { saveChannel } from './channel-store.ts'
import { mergeSettings } from './merge-settings.ts'
import { keepVersion } from './version-store.ts'

export interface ChannelUpdate extends ChangedBy {
  id: string
  name?: string | undefined
  /** Merged over what is stored: a masked secret keeps the stored one, null removes a field. */
  settings?: Record<string, unknown> | undefined
  teamId?: string | null | undefined
}

/** Throws `not_found`, `unknown_connector`, `invalid_settings`. New settings end a state of attention: the next try decides; the former are kept. */
export async function updateChannel(deps: ChannelDeps, input: ChannelUpdate): Promise<ChannelView> {
  return changeChannel(deps, input, async (tx) => {
    const stored = await lockedChannel(tx, input.id)
    const row: ChannelRow = {
      ...stored,
      name: input.name?.replaceAll('\u0000', '').trim() || stored.name,
      teamId: input.teamId === undefined ? stored.teamId : input.teamId,
      ...(input.settings && { settings: mergedSettings(deps, stored, input.settings), state: 'waiting', stateDetail: null }),
    }
    await saveChannel(tx, row)
    const changed = Object.keys(input.settings ?? {})
    if (input.settings) {
      await keepVersion(tx, { channelId: row.id, settings: stored.settings, changed, actorId: actorId(input.actor) })
      await hastenChannel(tx, row.id)
    }
    return { row, action: 'channel.updated', detail: { changed } }
  })
}

function mergedSettings(deps: ChannelDeps, stored: ChannelRow, changes: Record<string, unknown>): Record<string, unknown> {
  const connector = connectorOf(deps, stored.connector)
  const plain = mergeSettings({ connector, vault: deps.vault }, stored, changes)
  validSettings(connector, plain)
  return sealSettings(connector, plain, deps.vault)
}
