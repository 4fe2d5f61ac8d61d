import { z } from 'zod'
import { type CheckResult, defineConnector } from '../../core/connector/connector.ts'
import type { Hub } from '../../core/connector/hub.ts'
import { tryCredentials } from '../../core/connector/try-credentials.ts'
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
  return await tryCredentials(
    'Zadarma',
    () => askZadarma(hub, of, '/v1/info/timezone/'),
    ({ json }) => z.object({ timezone: z.string() }).safeParse(json).data?.timezone,
  )
}
