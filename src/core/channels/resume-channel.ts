import { hastenChannel } from '../outbox/outbox-store.ts'
import { type ChangedBy, type ChannelDeps, changeChannel, lockedChannel } from './change-channel.ts'
import type { ChannelView } from './channel.ts'
import { releaseHeldDeliveries, saveChannel } from './channel-store.ts'

/** Ends a pause and gives what was held to applying (`wakeApplying` tells it so). Throws `not_found`. */
export async function resumeChannel(deps: ChannelDeps & { wakeApplying(): void }, input: ChangedBy & { id: string }): Promise<ChannelView> {
  const view = await changeChannel(deps, input, async (tx) => {
    const stored = await lockedChannel(tx, input.id)
    const row = { ...stored, pausedAt: null }
    await saveChannel(tx, row)
    await hastenChannel(tx, input.id)
    const released = await releaseHeldDeliveries(tx, input.id)
    return { row, action: 'channel.resumed', detail: { released } }
  })
  deps.wakeApplying()
  return view
}
