import { z } from 'zod'
import type { Channel, Hub } from '../../core/connector/hub.ts'
import type { SendablePart, Sent } from '../../core/connector/outgoing.ts'
import { both } from '../kits/meta/failures.ts'
import { askGraph } from '../kits/meta/graph.ts'
import { type PartData, partData } from './outbound.ts'
import type { Settings } from './settings.ts'

const sentMessage = z.object({ messages: z.array(z.object({ id: z.string().min(1) })).min(1) })
const uploaded = z.object({ id: z.string().min(1) })

/** One message. WhatsApp knows no idempotency key; an upload before it can be repeated, the message itself never is. */
export async function send(part: SendablePart, { settings }: Channel<Settings>, hub: Hub): Promise<Sent> {
  const data = partData.safeParse(part.data).data
  if (!data) throw both('rejected', 'This part was not made for WhatsApp', 'Эта часть сделана не для WhatsApp')
  const json = {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    // A number, or the business-scoped id of somebody who shows none.
    ...(/^\d+$/.test(data.to) ? { to: data.to } : { recipient: data.to }),
    ...(data.replyTo !== undefined && { context: { message_id: data.replyTo } }),
    biz_opaque_callback_data: part.idempotencyKey.slice(0, 512),
    ...(data.buttons ? interactiveOf(data, data.buttons) : { type: data.type, [data.type]: await contentOf(data, part, settings, hub) }),
  }
  const answer = await askGraph(settings, hub, { method: 'POST', path: `${settings.phoneNumberId}/messages`, json, mayAct: true }, sentMessage)
  return { externalId: answer.messages[0]?.id ?? '' }
}

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-reply-buttons-messages */
function interactiveOf({ text }: PartData, titles: string[]): object {
  const buttons = titles.map((title, index) => ({ type: 'reply', reply: { id: `answer-${index + 1}`, title } }))
  return { type: 'interactive', interactive: { type: 'button', body: { text }, action: { buttons } } }
}

async function contentOf(data: PartData, part: SendablePart, settings: Settings, hub: Hub): Promise<object> {
  if (data.type === 'text') return { body: data.text, preview_url: true }
  if (data.type === 'template') return templateOf(data.template, data.template?.file && (await upload(part, settings, hub)).id)
  const { id, name } = await upload(part, settings, hub)
  return { id, ...(data.text !== undefined && { caption: data.text }), ...(data.type === 'document' && { filename: name }) }
}

async function upload(part: SendablePart, settings: Settings, hub: Hub): Promise<{ id: string; name: string }> {
  const [file] = part.files
  if (!file) throw both('rejected', 'The file of this part is gone', 'Файла этой части больше нет')
  const form = new FormData()
  form.set('messaging_product', 'whatsapp')
  form.set('type', file.type)
  form.set('file', new Blob([await file.read().then((bytes) => new Uint8Array(bytes))], { type: file.type }), file.name)
  const path = `${settings.phoneNumberId}/media`
  const { id } = await askGraph(settings, hub, { method: 'POST', path, form, timeoutMs: 300_000 }, uploaded)
  return { id, name: file.name }
}

/** Places are named `header.1`, `body.name`, `button.0`: https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/overview */
function templateOf(template: PartData['template'], fileId: string | undefined): object {
  const { name, language, values = {}, file } = template ?? {}
  const given = Object.entries(values).map(([id, text]) => ({ part: id.split('.')[0], place: id.slice(id.indexOf('.') + 1), text }))
  const parametersOf = (wanted: string) =>
    given
      .filter(({ part }) => part === wanted)
      .map(({ place, text }) => ({ type: 'text', ...(!/^\d+$/.test(place) && { parameter_name: place }), text, order: Number(place) || 0 }))
      .toSorted((a, b) => a.order - b.order)
      .map(({ order: _order, ...parameter }) => parameter)
  const header = file && fileId !== undefined ? [{ type: file, [file]: { id: fileId } }] : parametersOf('header')
  const components = [
    ...(header.length > 0 ? [{ type: 'header', parameters: header }] : []),
    ...(parametersOf('body').length > 0 ? [{ type: 'body', parameters: parametersOf('body') }] : []),
    ...given
      .filter(({ part }) => part === 'button')
      .map(({ place, text }) => ({ type: 'button', sub_type: 'url', index: place, parameters: [{ type: 'text', text }] })),
  ]
  return { name, language: { code: language }, components }
}
