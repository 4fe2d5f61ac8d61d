import type { ContractCase } from '../case.ts'
import { asterisk } from './asterisk.ts'
import { avito } from './avito.ts'
import { email } from './email.ts'
import { facebookLeads } from './facebook-leads.ts'
import { form } from './form.ts'
import { instagram } from './instagram.ts'
import { mangoOffice } from './mango-office.ts'
import { max } from './max.ts'
import { megafonVats } from './megafon-vats.ts'
import { messenger } from './messenger.ts'
import { pbxWebhook } from './pbx-webhook.ts'
import { siteChat } from './site-chat.ts'
import { smsc } from './smsc.ts'
import { smsru } from './smsru.ts'
import { telegram } from './telegram.ts'
import { twilioSms } from './twilio-sms.ts'
import { twilioVoice } from './twilio-voice.ts'
import { uis } from './uis.ts'
import { viber } from './viber.ts'
import { vk } from './vk.ts'
import { whatsapp } from './whatsapp.ts'
import { zadarma } from './zadarma.ts'

/** By connector id; the suite fails for a connector of the registry that has none. */
export const cases: Record<string, ContractCase | undefined> = {
  asterisk,
  avito,
  email,
  form,
  'mango-office': mangoOffice,
  max,
  'megafon-vats': megafonVats,
  'pbx-webhook': pbxWebhook,
  'site-chat': siteChat,
  smsc,
  smsru,
  telegram,
  'twilio-sms': twilioSms,
  'twilio-voice': twilioVoice,
  uis,
  viber,
  vk,
  whatsapp,
  'facebook-leads': facebookLeads,
  instagram,
  messenger,
  zadarma,
}
