import { CoreError } from '../errors.ts'
import type { ChannelDeps } from './change-channel.ts'
import { presentChannel } from './channel.ts'
import { readChannel } from './channel-store.ts'
import { readVersions } from './version-store.ts'

export interface SettingsVersion {
  id: string
  /** When these settings ended. ISO 8601 UTC. */
  at: string
  /** Who changed them then; null: a key, or the hub itself. */
  actor: string | null
  /** Fields that were changed then. */
  changed: string[]
  /** As they were before that, secrets masked. */
  settings: Record<string, unknown>
}

/** What a channel's settings were before each of the last changes, newest first. Throws `not_found`. */
export async function listVersions(deps: Pick<ChannelDeps, 'pool' | 'connectors' | 'publicUrl'>, id: string): Promise<SettingsVersion[]> {
  const row = await readChannel(deps.pool, id)
  if (!row) throw new CoreError('not_found')
  const versions = await readVersions(deps.pool, id)
  return versions.map(({ at, settings, ...version }) => ({
    ...version,
    at: at.toISOString(),
    settings: presentChannel({ ...row, settings }, deps).settings,
  }))
}
