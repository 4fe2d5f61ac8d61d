import { z } from 'zod'
import { type CheckResult, defineConnector } from '../../core/connector/connector.ts'
import { ConnectorError } from '../../core/connector/errors.ts'
import type { Hub } from '../../core/connector/hub.ts'
import { directory, history, placeCall } from './calling.ts'
import { askZadarma } from './client.ts'
import { normalise } from './inbound.ts'
import { manifest } from './manifest.ts'
import { fetchMedia } from './recordings.ts'
import { type Settings, settings } from './settings.ts'
import { verify } from './signature.ts'
import { asks, reply } from './webhook.ts'

export const zadarma = defineConnector<Settings>({
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

/** Tells the time zone of the account, which the settings have to name. */
async function check(of: Settings, hub: Hub): Promise<CheckResult> {
  try {
    const { json } = await askZadarma(hub, of, '/v1/info/timezone/')
    const { data } = z.object({ timezone: z.string() }).safeParse(json)
    return { ok: true, ...(data && { detail: data.timezone }) }
  } catch (error) {
    return { ok: false, error: error instanceof ConnectorError ? error : new ConnectorError('temporary', 'Zadarma could not be asked') }
  }
}
