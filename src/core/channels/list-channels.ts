import { CoreError } from '../errors.ts'
import type { ChannelDeps } from './change-channel.ts'
import { type ChannelView, presentChannel } from './channel.ts'
import { readChannel, readChannels } from './channel-store.ts'

type Deps = Pick<ChannelDeps, 'pool' | 'connectors' | 'publicUrl'>

/** Every channel that is not deleted, oldest first; also those whose connector is not installed. */
export async function listChannels(deps: Deps): Promise<ChannelView[]> {
  const rows = await readChannels(deps.pool)
  return rows.map((row) => presentChannel(row, deps))
}

/** Throws `not_found`. */
export async function getChannel(deps: Deps, id: string): Promise<ChannelView> {
  const row = await readChannel(deps.pool, id)
  if (!row) throw new CoreError('not_found')
  return presentChannel(row, deps)
}
