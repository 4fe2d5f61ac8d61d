import type { CallRequest, PlacedCall } from '../../core/connector/calling.ts'
import type { Channel, Hub } from '../../core/connector/hub.ts'
import { wordedError } from '../../core/connector/worded-error.ts'
import { askTwilio } from '../kits/twilio/client.ts'
import { newTwiml, ringClient } from './dial.ts'
import { addressOf } from './phones.ts'
import type { Settings } from './settings.ts'
import { hookOf, type Thread } from './thread.ts'

/** Rings the user; when he picks up, Twilio dials the client by the TwiML it already has. Never repeated: Twilio knows no repeats. */
export async function placeCall(request: CallRequest, channel: Channel<Settings>, hub: Hub): Promise<PlacedCall> {
  const { settings, hookUrl } = channel
  const from = request.from ?? settings.number
  if (from === undefined)
    throw wordedError('unsupported', {
      en: 'This channel has no number of its own: enter it in its settings',
      ru: 'У канала нет своего номера: укажите его в настройках',
    })
  const to = addressOf(request.user, settings)
  if (to === undefined) {
    throw wordedError('invalid_recipient', {
      en: `Twilio cannot ring "${request.user}": a phone, client:name or sip:name@domain is needed in Team`,
      ru: `Twilio не может позвонить на «${request.user}»: в «Команде» нужен телефон, client:имя или sip:имя@домен`,
    })
  }
  const thread: Thread = { call: '', request: request.id, user: request.user, client: request.to }
  const twiml = newTwiml()
  ringClient(twiml, { settings: { ...settings, number: from }, hookUrl, thread }, request.to)
  const { sid } = await askTwilio(
    settings,
    hub,
    (client) =>
      client.calls.create({
        to,
        from,
        twiml: twiml.toString(),
        timeout: settings.ringSeconds,
        statusCallback: hookOf(hookUrl, '/status', thread),
        statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
      }),
    { mayAct: true },
  )
  return sid ? { callId: sid } : {}
}
