import { z } from 'zod'
import type { Channel, Hub } from '../../core/connector/hub.ts'
import type { SendablePart, Sent } from '../../core/connector/outgoing.ts'
import { wordedError } from '../../core/connector/worded-error.ts'
import { callViber } from './client.ts'
import { type PartData, partData, phoneTracking } from './outbound.ts'
import { messageToken } from './payloads.ts'
import type { Settings } from './settings.ts'

// https://developers.viber.com/docs/tools/keyboards/
const phoneKeyboard = {
  Type: 'keyboard',
  Buttons: [{ ActionType: 'share-phone', ActionBody: 'share-phone', Text: '📞', Columns: 6, Rows: 1 }],
}

const sent = z.object({ message_token: messageToken })

/** One text or file. Viber knows no idempotency key, so an unclear end is `outcome_unknown` and never repeated here. */
export async function send(part: SendablePart, { settings }: Channel<Settings>, hub: Hub): Promise<Sent> {
  const data = partData.safeParse(part.data).data
  if (!data) throw wordedError('rejected', { en: 'This part was not made for Viber', ru: 'Эта часть сделана не для Viber' })
  const asking = data.asksPhone
    ? { min_api_version: 3, keyboard: phoneKeyboard, tracking_data: phoneTracking }
    : { min_api_version: 1, ...(data.buttons && { keyboard: keyboardOf(data.buttons) }) }
  const content = data.file === undefined ? { type: 'text', text: data.text } : fileOf(data.file, part)
  const body = { receiver: data.receiver, sender: { name: settings.senderName }, ...content, ...asking }
  const answer = await callViber(settings, hub, { path: '/pa/send_message', body, mayHaveActed: true }, sent)
  return { externalId: answer.message_token }
}

/** What is tapped comes back as a text of the client's. */
function keyboardOf(captions: string[]): object {
  return { Type: 'keyboard', Buttons: captions.map((Text) => ({ ActionType: 'reply', ActionBody: Text, Text, Columns: 6, Rows: 1 })) }
}

/** https://developers.viber.com/docs/api/rest-bot-api/#message-types */
function fileOf(type: NonNullable<PartData['file']>, { files: [file] }: SendablePart): object {
  if (!file) throw wordedError('rejected', { en: 'The file of this part is gone', ru: 'Файла этой части больше нет' })
  const media = file.publicLink()
  if (type === 'picture') return { type, text: '', media }
  return type === 'video' ? { type, media, size: file.size } : { type, media, size: file.size, file_name: file.name.slice(-256) }
}
