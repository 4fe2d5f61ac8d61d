import { type CheckResult, defineConnector } from '../../core/connector/connector.ts'
import type { Hub } from '../../core/connector/hub.ts'
import { tryCredentials } from '../../core/connector/try-credentials.ts'
import { controlCall, directory, history, placeCall } from './calling.ts'
import { askUis } from './client.ts'
import { normalise } from './inbound.ts'
import { manifest } from './manifest.ts'
import { verify } from './proof.ts'
import { fetchMedia } from './recordings.ts'
import { type Settings, settings } from './settings.ts'
import { snippets } from './snippets.ts'

export const uis = defineConnector<Settings>({
  manifest,
  settings,
  check,
  normalise,
  verify,
  fetchMedia,
  placeCall,
  controlCall,
  history,
  directory,
  snippets,
})

/** Without an API key notifications come all the same: there is nothing to try. */
async function check(of: Settings, hub: Hub): Promise<CheckResult> {
  if (of.accessToken === undefined) return { ok: true }
  return await tryCredentials('UIS', () => askUis(hub, of, 'get.employees', { limit: 1 }, { api: 'data' }))
}
