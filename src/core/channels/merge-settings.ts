import type { Connector } from '../connector/connector.ts'
import { type ChannelRow, maskedSecret, openSettings } from './channel.ts'
import type { Vault } from './vault.ts'

/** Changes over what is stored, secrets open: a masked secret keeps the stored one, null removes a field. */
export function mergeSettings(
  { connector, vault }: { connector: Connector; vault: Vault },
  stored: ChannelRow,
  changes: Record<string, unknown>,
): Record<string, unknown> {
  const kept = Object.entries(changes).filter(([, value]) => value !== maskedSecret)
  const merged = Object.entries({ ...openSettings(connector, stored.settings, vault), ...Object.fromEntries(kept) })
  return Object.fromEntries(merged.filter(([, value]) => value !== null))
}
