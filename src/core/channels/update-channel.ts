import { hastenChannel } from '../outbox/outbox-store.ts'
import { type ChangedBy, type ChannelDeps, changeChannel, connectorOf, lockedChannel, validSettings } from './change-channel.ts'
import { type ChannelRow, type ChannelView, maskedSecret, openSettings, sealSettings } from './channel.ts'
import { saveChannel } from './channel-store.ts'

export interface ChannelUpdate extends ChangedBy {
  id: string
  name?: string | undefined
  /** Merged over what is stored: a masked secret keeps the stored one, null removes a field. */
  settings?: Record<string, unknown> | undefined
  teamId?: string | null | undefined
}

/** Throws `not_found`, `unknown_connector`, `invalid_settings`. New settings end a state of attention: the next try decides. */
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
    if (input.settings) await hastenChannel(tx, row.id)
    return { row, action: 'channel.updated', detail: { changed: Object.keys(input.settings ?? {}) } }
  })
}

function mergedSettings(deps: ChannelDeps, stored: ChannelRow, changes: Record<string, unknown>): Record<string, unknown> {
  const connector = connectorOf(deps, stored.connector)
  const kept = Object.entries(changes).filter(([, value]) => value !== maskedSecret)
  const merged = Object.entries({ ...openSettings(connector, stored.settings, deps.vault), ...Object.fromEntries(kept) })
  const plain = Object.fromEntries(merged.filter(([, value]) => value !== null))
  validSettings(connector, plain)
  return sealSettings(connector, plain, deps.vault)
}
