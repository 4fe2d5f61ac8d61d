import { defineConnector } from '../../core/connector/connector.ts'
import { checkAccount } from '../kits/twilio/client.ts'
import { setUpNumber } from '../kits/twilio/set-up-number.ts'
import { dedupeKey, verify } from '../kits/twilio/signature.ts'
import { asks, reply } from './answer.ts'
import { placeCall } from './calling.ts'
import { controlCall } from './control.ts'
import { history } from './history.ts'
import { normalise } from './inbound.ts'
import { manifest } from './manifest.ts'
import { fetchMedia } from './recordings.ts'
import { type Settings, settings } from './settings.ts'

export const twilioVoice = defineConnector<Settings>({
  manifest,
  settings,
  check: checkAccount,
  normalise,
  verify,
  dedupeKey,
  asks,
  reply,
  fetchMedia,
  placeCall,
  controlCall,
  history,
  setUpWebhook: ({ settings: of, hookUrl }, hub) =>
    setUpNumber(
      { account: of, number: of.number, hub },
      { voiceUrl: `${hookUrl}/voice`, voiceMethod: 'POST', statusCallback: `${hookUrl}/status`, statusCallbackMethod: 'POST' },
    ),
})
