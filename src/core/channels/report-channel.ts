import type { ChannelHealth } from '../connector/hub.ts'
import { inTransaction } from '../database/pool.ts'
import { announceChannel, type ChannelDeps } from './change-channel.ts'
import { readChannel, saveHealth } from './channel-store.ts'

/** Writes how a connection fares, when it differs from what is known; says whether it did. */
export async function reportChannel(
  deps: Pick<ChannelDeps, 'pool' | 'connectors' | 'publicUrl'>,
  channelId: string,
  health: ChannelHealth,
): Promise<boolean> {
  const next = { state: health.state, detail: health.detail ?? null }
  return inTransaction(deps.pool, async (tx) => {
    const changed = await saveHealth(tx, channelId, next)
    const row = changed ? await readChannel(tx, channelId) : undefined
    if (row) await announceChannel(tx, deps, row)
    return changed
  })
}
