import { z } from 'zod'
import type { Channel, Hub } from '../../core/connector/hub.ts'
import type { SendablePart, Sent } from '../../core/connector/outgoing.ts'
import { wordedError } from '../../core/connector/worded-error.ts'
import { type Call, createClient } from './client.ts'
import { writeMessageId } from './ids.ts'
import { type PartData, partData } from './outbound.ts'
import type { Settings } from './settings.ts'

const sent = z.object({ id: z.union([z.string().min(1), z.number()]).transform(String) })

/** One text or picture. Avito knows no idempotency key, so an unclear end is `outcome_unknown` and never repeated here. */
export async function send(part: SendablePart, { settings }: Channel<Settings>, hub: Hub): Promise<Sent> {
  const data = partData.safeParse(part.data).data
  if (!data) throw wordedError('rejected', { en: 'This part was not made for Avito', ru: 'Эта часть сделана не для Avito' })
  const call = createClient(settings, hub)
  const chat = `/messenger/v1/accounts/${data.accountId}/chats/${encodeURIComponent(data.chatId)}/messages`
  const asking =
    data.text === undefined
      ? { path: `${chat}/image`, body: { image_id: await upload(part, data, call) } }
      : { path: chat, body: { type: 'text', message: { text: data.text } } }
  const { id } = await call({ ...asking, mayHaveActed: true }, sent)
  return { externalId: writeMessageId({ accountId: data.accountId, chatId: data.chatId, messageId: id }) }
}

async function upload(part: SendablePart, { accountId }: PartData, call: Call): Promise<string> {
  const [file] = part.files
  if (!file) throw wordedError('rejected', { en: 'The file of this part is gone', ru: 'Файла этой части больше нет' })
  const body = new FormData()
  body.set('uploadfile[]', new File([Uint8Array.from(await file.read())], file.name, { type: file.type }))
  const images = await call({ path: `/messenger/v1/accounts/${accountId}/uploadImages`, body }, z.record(z.string(), z.unknown()))
  const [id] = Object.keys(images)
  if (id === undefined) throw wordedError('temporary', { en: 'Avito has not kept the picture', ru: 'Авито не сохранил картинку' })
  return id
}
