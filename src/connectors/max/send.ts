import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import type { Channel, Hub } from '../../core/connector/hub.ts'
import type { SendablePart, Sent } from '../../core/connector/outgoing.ts'
import { brokenCall, wordedError } from '../../core/connector/worded-error.ts'
import { type Call, createClient, NotReady } from './client.ts'
import { type PartData, partData } from './outbound.ts'
import type { Settings } from './settings.ts'

// "attachment.not.ready": https://dev.max.ru/docs-api/methods/POST/uploads
const readyAfterMs = [1000, 2000, 4000]

const sent = z.object({ message: z.object({ body: z.object({ mid: z.string().min(1) }) }) })
const uploadAddress = z.object({ url: z.url(), token: z.string().optional() })
const uploaded = z.object({ token: z.string().optional(), photos: z.record(z.string(), z.object({ token: z.string() })).optional() })

/** One message. MAX knows no idempotency key, so an unclear end is `outcome_unknown` and never repeated here. */
export async function send(part: SendablePart, channel: Channel<Settings>, hub: Hub): Promise<Sent> {
  const data = partData.safeParse(part.data).data
  if (!data) throw wordedError('rejected', { en: 'This part was not made for MAX', ru: 'Эта часть сделана не для MAX' })
  const call = createClient(channel.settings, hub)
  const token = data.file === undefined ? undefined : await upload(part, data.file, call, hub)
  const body = {
    text: data.text ?? '',
    ...(token !== undefined && { attachments: [{ type: data.file, payload: { token } }] }),
    ...(data.buttons && { attachments: [keyboardOf(data.buttons)] }),
    ...(data.replyTo !== undefined && { link: { type: 'reply', mid: data.replyTo } }),
  }
  const asking = { method: 'POST', path: '/messages', query: { user_id: data.userId }, body, mayHaveActed: true } as const
  const answer = await whenReady(() => call(asking, sent))
  return { externalId: answer.message.body.mid }
}

/** Under the message; what is pressed comes back as an update of its own. https://dev.max.ru/docs-api/methods/POST/messages */
function keyboardOf(captions: string[]): object {
  return { type: 'inline_keyboard', payload: { buttons: captions.map((text) => [{ type: 'callback', text, payload: text }]) } }
}

async function whenReady<Result>(attempt: () => Promise<Result>): Promise<Result> {
  for (const ms of readyAfterMs) {
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof NotReady)) throw error
      await wait(ms)
    }
  }
  return attempt()
}

/** Uploads the file of a part and gives the token by which a message names it: of images and files it comes after, else before the upload. */
async function upload(part: SendablePart, type: NonNullable<PartData['file']>, call: Call, hub: Hub): Promise<string> {
  const [file] = part.files
  if (!file) throw wordedError('rejected', { en: 'The file of this part is gone', ru: 'Файла этой части больше нет' })
  const address = await call({ method: 'POST', path: '/uploads', query: { type } }, uploadAddress)
  const form = new FormData()
  form.set('data', new File([Uint8Array.from(await file.read())], file.name, { type: file.type }))
  const response = await hub.fetch(address.url, { method: 'POST', body: form, timeoutMs: 300_000 }).catch((failure: unknown) => {
    throw brokenCall('MAX', failure, false)
  })
  const text = await response.text().catch(() => '')
  if (response.status >= 500 || response.status === 429) {
    throw wordedError('temporary', { en: `MAX answered the upload with ${response.status}`, ru: `MAX ответил на загрузку файла: ${response.status}` })
  }
  const token = address.token ?? tokenOf(text)
  if (response.ok && token !== undefined) return token
  throw wordedError('rejected', { en: `MAX does not take the file "${file.name}"`, ru: `MAX не принимает файл «${file.name}»` })
}

function tokenOf(text: string): string | undefined {
  try {
    const { token, photos = {} } = uploaded.parse(JSON.parse(text))
    return token ?? Object.values(photos)[0]?.token
  } catch {
    return undefined
  }
}
