import { defineConnector } from '../../core/connector/connector.ts'
import { checkAccount } from '../kits/twilio/client.ts'
import { download } from '../kits/twilio/media.ts'
import { setUpNumber } from '../kits/twilio/set-up-number.ts'
import { dedupeKey, verify } from '../kits/twilio/signature.ts'
import { normalise } from './inbound.ts'
import { manifest } from './manifest.ts'
import { render, send } from './outbound.ts'
import { type Settings, settings } from './settings.ts'
import { listTemplates } from './templates.ts'

export const twilioSms = defineConnector<Settings>({
  manifest,
  settings,
  check: checkAccount,
  normalise,
  verify,
  dedupeKey,
  // An empty document: nothing is answered by Twilio itself. Status callbacks do not mind it.
  reply: () => ({ status: 200, headers: { 'content-type': 'text/xml' }, body: '<?xml version="1.0" encoding="UTF-8"?><Response/>' }),
  render,
  send,
  listTemplates,
  fetchMedia: (ref, channel, hub) => download(ref, channel.settings, hub),
  setUpWebhook: (channel, hub) =>
    setUpNumber({ account: channel.settings, number: channel.settings.from, hub }, { smsUrl: channel.hookUrl, smsMethod: 'POST' }),
})
