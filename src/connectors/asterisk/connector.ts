import { type CheckResult, defineConnector } from '../../core/connector/connector.ts'
import { ConnectorError } from '../../core/connector/errors.ts'
import { controlCall, placeCall } from './calling.ts'
import { withAmi } from './client.ts'
import { history } from './history.ts'
import { normalise } from './inbound.ts'
import { manifest } from './manifest.ts'
import { fetchMedia } from './recordings.ts'
import { openSession } from './session.ts'
import { type Settings, settings } from './settings.ts'
import { trouble } from './trouble.ts'

export const asterisk = defineConnector<Settings>({
  manifest,
  settings,
  check,
  normalise,
  open: (channel, hub) => openSession(channel, hub),
  fetchMedia,
  placeCall,
  controlCall,
  history,
})

async function check(of: Settings): Promise<CheckResult> {
  try {
    await withAmi(of, (ami) => ami.ask({ Action: 'Ping' }))
    return { ok: true }
  } catch (error) {
    return { ok: false, error: error instanceof ConnectorError ? error : trouble('lost', error) }
  }
}
