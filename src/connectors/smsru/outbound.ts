import { z } from 'zod'
import type { Channel, Hub } from '../../core/connector/hub.ts'
import type { OutgoingMessage, Rendered, SendablePart, Sent } from '../../core/connector/outgoing.ts'
import { wordedError } from '../../core/connector/worded-error.ts'
import { renderSms, type SmsData, smsData } from '../kits/sms/render-sms.ts'
import { askSmsRu, explain } from './client.ts'
import { mostSegments } from './manifest.ts'
import type { Settings } from './settings.ts'

export function render(message: OutgoingMessage): Rendered<SmsData> {
  return renderSms(message, { segments: mostSegments })
}

const answer = z.object({ sms: z.record(z.string(), z.object({ status_code: z.coerce.number(), sms_id: z.string().optional() })) })

/** The answer has a code of its own for the number, which goes against the one for the whole. SMS.ru knows no repeats. */
export async function send(part: SendablePart, { settings }: Channel<Settings>, hub: Hub): Promise<Sent> {
  const { to, text } = smsData.parse(part.data)
  const number = to.replace(/^\+/, '')
  const fields = {
    [`to[${number}]`]: text,
    ...(settings.sender && { from: settings.sender }),
    ...(settings.test && { test: '1' }),
  }
  const read = answer.safeParse(await askSmsRu(hub, settings, '/sms/send', fields, { mayAct: true })).data
  const own = read?.sms[number] ?? Object.values(read?.sms ?? {})[0]
  if (!own) throw wordedError('outcome_unknown', { en: 'SMS.ru did not say what became of the number', ru: 'SMS.ru не сказал, что стало с номером' })
  if (own.status_code !== 100) throw explain(own.status_code)
  if (!own.sms_id) throw wordedError('outcome_unknown', { en: 'SMS.ru gave the message no name', ru: 'SMS.ru не назвал сообщение' })
  return { externalId: own.sms_id }
}
