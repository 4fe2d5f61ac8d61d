import type { Dns } from '../connector/dns.ts'
import type { Localised } from '../connector/manifest.ts'
import type { Suggestion } from '../connector/suggestion.ts'
import { type ChannelDeps, connectorOf } from './change-channel.ts'

export interface SettingsSuggestion {
  title: Localised | null
  settings: Record<string, unknown>
  steps: Localised[]
  consent: NonNullable<Suggestion['consent']> | null
}

/** What the connector makes of settings that are still being typed; nothing where it has no idea. Throws `unknown_connector`. */
export async function suggestSettings(
  deps: Pick<ChannelDeps, 'connectors'> & { dns: Dns },
  input: { connector: string; settings: Record<string, unknown> },
): Promise<SettingsSuggestion> {
  const found = await connectorOf(deps, input.connector).suggestSettings?.(input.settings, { dns: deps.dns })
  return { title: found?.title ?? null, settings: found?.settings ?? {}, steps: found?.steps ?? [], consent: found?.consent ?? null }
}
