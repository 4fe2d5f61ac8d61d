import type { Connector } from '../core/connector/connector.ts'
import { asterisk } from './asterisk/connector.ts'
import { avito } from './avito/connector.ts'
import { email } from './email/connector.ts'
import { facebookLeads } from './facebook-leads/connector.ts'
import { form } from './form/connector.ts'
import { instagram } from './instagram/connector.ts'
import { mangoOffice } from './mango-office/connector.ts'
import { max } from './max/connector.ts'
import { megafonVats } from './megafon-vats/connector.ts'
import { messenger } from './messenger/connector.ts'
import { pbxWebhook } from './pbx-webhook/connector.ts'
import { siteChat } from './site-chat/connector.ts'
import { smsc } from './smsc/connector.ts'
import { smsru } from './smsru/connector.ts'
import { telegram } from './telegram/connector.ts'
import { twilioSms } from './twilio-sms/connector.ts'
import { twilioVoice } from './twilio-voice/connector.ts'
import { uis } from './uis/connector.ts'
import { viber } from './viber/connector.ts'
import { vk } from './vk/connector.ts'
import { whatsapp } from './whatsapp/connector.ts'
import { zadarma } from './zadarma/connector.ts'

/** All connectors of this repository. One import and one line each. */
export const connectors: readonly Connector[] = [
  asterisk,
  avito,
  email,
  form,
  mangoOffice,
  max,
  megafonVats,
  pbxWebhook,
  siteChat,
  smsc,
  smsru,
  telegram,
  twilioSms,
  twilioVoice,
  uis,
  viber,
  vk,
  whatsapp,
  facebookLeads,
  instagram,
  messenger,
  zadarma,
]
