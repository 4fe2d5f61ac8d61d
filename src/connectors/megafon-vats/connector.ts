import { type CheckResult, defineConnector } from '../../core/connector/connector.ts'
import type { Hub } from '../../core/connector/hub.ts'
import { tryCredentials } from '../../core/connector/try-credentials.ts'
import { directory, fetchMedia, history, placeCall } from './calling.ts'
import { callPbx } from './client.ts'
import { normalise } from './inbound.ts'
import { manifest } from './manifest.ts'
import { type Settings, settings } from './settings.ts'
import { asks, reply, verify } from './webhook.ts'

export const megafonVats = defineConnector<Settings>({
  manifest,
  settings,
  check,
  normalise,
  verify,
  asks,
  reply,
  fetchMedia,
  placeCall,
  history,
  directory,
})

/** Without the key of the PBX events come all the same: there is nothing to try. */
async function check(of: Settings, hub: Hub): Promise<CheckResult> {
  if (of.apiRoot === undefined || of.apiKey === undefined) return { ok: true }
  return await tryCredentials('The PBX', () => callPbx(hub, of, '/users'))
}
