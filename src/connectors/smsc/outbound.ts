import { z } from 'zod'
import { ConnectorError } from '../../core/connector/errors.ts'
import type { Channel, Hub } from '../../core/connector/hub.ts'
import type { OutgoingMessage, Rendered, SendablePart, Sent } from '../../core/connector/outgoing.ts'
import { wordedError } from '../../core/connector/worded-error.ts'
import { renderSms, type SmsData, smsData } from '../kits/sms/render-sms.ts'
import { askSmsc } from './client.ts'
import { mostSegments } from './manifest.ts'
import type { Settings } from './settings.ts'

export function render(message: OutgoingMessage): Rendered<SmsData> {
  return renderSms(message, { segments: mostSegments })
}

const answer = z.object({ id: z.coerce.string().min(1) })
const known = z.object({ status: z.coerce.number().min(-1) })

/**
 * The message goes out under our own id, so that SMSC can be asked for it when the answer was lost. That it is not found says nothing: it may be on its way.
 * The plus keeps SMSC from correcting the number.
 */
export async function send(part: SendablePart, { settings }: Channel<Settings>, hub: Hub): Promise<Sent> {
  const { to, text } = smsData.parse(part.data)
  const id = part.idempotencyKey.slice(0, 40)
  const fields = { phones: to, mes: text, id, cost: '3', ...(settings.sender && { sender: settings.sender }) }
  try {
    const read = answer.safeParse(await askSmsc(hub, settings, 'send.php', fields, { mayAct: true })).data
    if (!read) throw wordedError('outcome_unknown', { en: 'SMSC gave the message no name', ru: 'SMSC не назвал сообщение' })
    return { externalId: id, ...(read.id !== id && { alsoKnownAs: [read.id] }) }
  } catch (error) {
    if (error instanceof ConnectorError && error.code === 'outcome_unknown' && (await isKnown(hub, settings, to, id))) return { externalId: id }
    throw error
  }
}

async function isKnown(hub: Hub, settings: Settings, phone: string, id: string): Promise<boolean> {
  const found = await askSmsc(hub, settings, 'status.php', { phone, id }).catch(() => undefined)
  return known.safeParse(found).success
}
