import { defineConnector } from '../../core/connector/connector.ts'
import { checkMailbox } from './check.ts'
import { acceptConsent, consentUrl } from './consent.ts'
import { openDoor } from './door/door.ts'
import { normalise } from './inbound.ts'
import { manifest } from './manifest.ts'
import { letterKey } from './mime/blocks.ts'
import { sendLetter } from './outbound/send-letter.ts'
import { render } from './outbound.ts'
import { openSession } from './session.ts'
import { type EmailSettings, emailSettings } from './settings.ts'
import { suggestSettings } from './suggest-settings.ts'

export const email = defineConnector<EmailSettings>({
  manifest,
  settings: emailSettings,
  check: checkMailbox,
  normalise,
  dedupeKey: (request) => letterKey(request.body),
  open: openSession,
  openDoor,
  render,
  send: sendLetter,
  consentUrl,
  acceptConsent,
  suggestSettings,
})
