import { z } from 'zod'
import type { Hub } from '../../core/connector/hub.ts'
import type { SendablePart } from '../../core/connector/outgoing.ts'
import { wordedError } from '../../core/connector/worded-error.ts'
import { ask, type Call } from './client.ts'
import type { PartData } from './outbound.ts'

const uploadServer = z.object({ upload_url: z.url() })
const uploadedPhoto = z.object({ server: z.union([z.string(), z.number()]), photo: z.string(), hash: z.string() })
const uploadedDoc = z.object({ file: z.string() })
const object = z.object({ id: z.int(), owner_id: z.int(), access_key: z.string().optional() })
const savedDoc = z.object({ type: z.string(), doc: object.optional(), audio_message: object.optional() })

const timeoutMs = 300_000

/** Uploads the file of a part; gives what `messages.send` calls an attachment. https://dev.vk.com/en/api/upload/overview */
export async function upload(part: SendablePart, data: PartData, call: Call, hub: Hub): Promise<string> {
  const [file] = part.files
  if (!file) throw wordedError('rejected', { en: 'The file of this part is gone', ru: 'Файла этой части больше нет' })
  const content = new File([Uint8Array.from(await file.read())], file.name, { type: file.type })
  return data.file === 'photo' ? uploadPhoto(content, data, call, hub) : uploadDoc(content, data, call, hub)
}

async function uploadPhoto(file: File, { peerId }: PartData, call: Call, hub: Hub): Promise<string> {
  const { upload_url: url } = await call('photos.getMessagesUploadServer', { peer_id: peerId }, uploadServer)
  const sent = await put(hub, url, 'photo', file, uploadedPhoto)
  const [photo] = await call('photos.saveMessagesPhoto', sent, z.array(object))
  if (!photo) throw wordedError('temporary', { en: 'VK has not saved the photo', ru: 'ВКонтакте не сохранил фото' })
  return written('photo', photo)
}

async function uploadDoc(file: File, { peerId, file: type = 'doc' }: PartData, call: Call, hub: Hub): Promise<string> {
  const { upload_url: url } = await call('docs.getMessagesUploadServer', { peer_id: peerId, type }, uploadServer)
  const sent = await put(hub, url, 'file', file, uploadedDoc)
  const saved = await call('docs.save', { file: sent.file, title: file.name }, savedDoc)
  const doc = saved.doc ?? saved.audio_message
  if (!doc) throw wordedError('temporary', { en: 'VK has not saved the file', ru: 'ВКонтакте не сохранил файл' })
  return written('doc', doc)
}

async function put<Result>(hub: Hub, url: string, field: string, file: File, result: z.ZodType<Result>): Promise<Result> {
  const body = new FormData()
  body.set(field, file)
  const said = result.safeParse(await ask(hub, url, { method: 'POST', body, timeoutMs }))
  if (said.success) return said.data
  throw wordedError('rejected', { en: `VK does not take the file "${file.name}"`, ru: `ВКонтакте не принимает файл «${file.name}»` })
}

function written(kind: string, { owner_id, id, access_key: key }: z.infer<typeof object>): string {
  return `${kind}${owner_id}_${id}${key ? `_${key}` : ''}`
}
