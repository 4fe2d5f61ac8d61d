import { type ChangedBy, type ChannelDeps, changeChannel, lockedChannel } from './change-channel.ts'
import { removeChannel } from './channel-store.ts'

/** Closes a channel for good: its hook is unknown from now on, its secrets are gone, its history stays. Throws `not_found`. */
export async function deleteChannel(deps: ChannelDeps, input: ChangedBy & { id: string }): Promise<void> {
  await changeChannel(deps, input, async (tx) => {
    const stored = await lockedChannel(tx, input.id)
    await removeChannel(tx, input.id)
    return { row: { ...stored, settings: {}, pausedAt: stored.pausedAt ?? new Date() }, action: 'channel.deleted' }
  })
}
