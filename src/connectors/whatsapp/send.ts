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
    type: data.type,
    [data.type]: await contentOf(data, part, settings, hub),
  }
  const answer = await askGraph(settings, hub, { method: 'POST', path: `${settings.phoneNumberId}/messages`, json, mayAct: true }, sentMessage)
  return { externalId: answer.messages[0]?.id ?? '' }
}

async function contentOf(data: PartData, part: SendablePart, settings: Settings, hub: Hub): Promise<object> {
  if (data.type === 'text') return { body: data.text, preview_url: true }
  if (data.type === 'template') return templateOf(data.template)
  const [file] = part.files
  if (!file) throw both('rejected', 'The file of this part is gone', 'Файла этой части больше нет')
  const form = new FormData()
  form.set('messaging_product', 'whatsapp')
  form.set('type', file.type)
  form.set('file', new Blob([await file.read().then((bytes) => new Uint8Array(bytes))], { type: file.type }), file.name)
  const path = `${settings.phoneNumberId}/media`
  const { id } = await askGraph(settings, hub, { method: 'POST', path, form, timeoutMs: 300_000 }, uploaded)
  return { id, ...(data.text !== undefined && { caption: data.text }), ...(data.type === 'document' && { filename: file.name }) }
}

function templateOf(template: PartData['template']): object {
  const parameters = template?.values.map((text) => ({ type: 'text', text })) ?? []
  const components = parameters.length === 0 ? [] : [{ type: 'body', parameters }]
  return { name: template?.name, language: { code: template?.language }, components }
}
