import { type ChangedBy, type ChannelDeps, changeChannel, lockedChannel } from './change-channel.ts'
import type { ChannelView } from './channel.ts'
import { saveChannel } from './channel-store.ts'

/** What arrives from now on is stored and held; sessions close, nothing is sent. Pausing twice is no error. Throws `not_found`. */
export async function pauseChannel(deps: ChannelDeps, input: ChangedBy & { id: string }): Promise<ChannelView> {
  return changeChannel(deps, input, async (tx) => {
    const stored = await lockedChannel(tx, input.id)
    const row = { ...stored, pausedAt: stored.pausedAt ?? new Date() }
    await saveChannel(tx, row)
    return { row, action: 'channel.paused' }
  })
}
