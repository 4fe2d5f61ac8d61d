import { z } from 'zod'
import type { Channel } from '../../core/connector/hub.ts'
import type { SendablePart, Sent } from '../../core/connector/outgoing.ts'
import { wordedError } from '../../core/connector/worded-error.ts'
import { createClient } from './client.ts'
import { TelegramRefusal } from './failures.ts'
import { writeMessageId } from './ids.ts'
import { type FileMethod, type PartData, partData } from './outbound.ts'
import type { Settings } from './settings.ts'

const sentMessage = z.object({ message_id: z.number(), chat: z.object({ id: z.number() }) })

const fields: Record<FileMethod, string> = {
  sendPhoto: 'photo',
  sendVideo: 'video',
  sendVoice: 'voice',
  sendAudio: 'audio',
  sendAnimation: 'animation',
  sendDocument: 'document',
}

/** One call of the Bot API. It knows no idempotency key, so an unclear end is `outcome_unknown` and never repeated here. */
export async function send(part: SendablePart, channel: Channel<Settings>): Promise<Sent> {
  const data = partData.safeParse(part.data).data
  if (!data) throw wordedError('rejected', { en: 'This part was not made for Telegram', ru: 'Эта часть сделана не для Telegram' })
  const call = createClient(channel.settings)
  const timeoutMs = data.method === 'sendMessage' ? 30_000 : 300_000
  const payload = await write(data, part)
  const sent = await call(data.method, payload, sentMessage, { timeoutMs }).catch((error: unknown) => {
    // A plain refusal of how a file is shown: nothing went out, so it may go as a document.
    if (!isRefusedForm(error, data)) throw error
    const { [fields[data.method as FileMethod]]: document, ...rest } = payload
    return call('sendDocument', { ...rest, document }, sentMessage, { timeoutMs })
  })
  const externalId = writeMessageId({ chatId: sent.chat.id, messageId: sent.message_id, businessConnectionId: data.businessConnectionId })
  return { externalId }
}

async function write(data: PartData, part: SendablePart): Promise<Record<string, unknown>> {
  const { method, chatId, text, replyToMessageId, businessConnectionId } = data
  const target = {
    chat_id: chatId,
    ...(businessConnectionId === undefined ? {} : { business_connection_id: businessConnectionId }),
    // Written as JSON: telegraf drops an object from a call that uploads a file.
    ...(replyToMessageId === undefined
      ? {}
      : { reply_parameters: JSON.stringify({ message_id: replyToMessageId, allow_sending_without_reply: true }) }),
  }
  if (method === 'sendMessage') return { ...target, text }
  const [file] = part.files
  if (!file) throw wordedError('rejected', { en: 'The file of this part is gone', ru: 'Файла этой части больше нет' })
  const source = Buffer.from(await file.read())
  const filename = file.name.replaceAll(/["\\\r\n]/g, '_')
  return { ...target, ...(text === undefined ? {} : { caption: text }), [fields[method]]: { source, filename } }
}

function isRefusedForm(error: unknown, { method }: PartData): boolean {
  if (method === 'sendMessage' || method === 'sendDocument') return false
  if (!(error instanceof TelegramRefusal) || error.status !== 400) return false
  return /PHOTO_|IMAGE_PROCESS|VOICE_MESSAGES_FORBIDDEN|wrong file|can't parse/i.test(error.description)
}
