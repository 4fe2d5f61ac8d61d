import { type CheckResult, defineConnector } from '../../core/connector/connector.ts'
import type { Hub } from '../../core/connector/hub.ts'
import { tryCredentials } from '../../core/connector/try-credentials.ts'
import { controlCall, directory, history, placeCall } from './calling.ts'
import { callMango } from './client.ts'
import { normalise } from './inbound.ts'
import { manifest } from './manifest.ts'
import { fetchMedia } from './recordings.ts'
import { type Settings, settings } from './settings.ts'
import { verify } from './signature.ts'

export const mangoOffice = defineConnector<Settings>({
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
})

async function check(of: Settings, hub: Hub): Promise<CheckResult> {
  return await tryCredentials('MANGO OFFICE', () => callMango(hub, of, 'config/users/request', {}))
}
