import { z } from 'zod'
import type { Hub } from '../../../../core/connector/hub.ts'
import type { SendablePart, Sent } from '../../../../core/connector/outgoing.ts'
import { both } from '../failures.ts'
import { askGraph, type GraphAccount } from '../graph.ts'

/** What the outbox keeps of one message. `late`: behind the 24 hours, by the tag for people's own answers. */
export const partData = z.object({
  to: z.string(),
  text: z.string().optional(),
  file: z.enum(['image', 'video', 'audio', 'file']).optional(),
  replyTo: z.string().optional(),
  late: z.boolean().optional(),
  buttons: z.array(z.string()).optional(),
})
export type PartData = z.infer<typeof partData>

const uploaded = z.object({ attachment_id: z.string().min(1) })
const sentMessage = z.object({ message_id: z.string().min(1) })

/** One message; there is no idempotency key, our own id only comes back in its echo. An upload before it may be repeated. */
export async function sendTalk(
  part: SendablePart,
  account: GraphAccount,
  hub: Pick<Hub, 'fetch'>,
  filesBy: 'upload' | 'link' = 'upload',
): Promise<Sent> {
  const data = partData.safeParse(part.data).data
  if (!data) throw both('rejected', 'This part was not made for this channel', 'Эта часть сделана не для этого канала')
  const content =
    data.file === undefined
      ? { text: data.text }
      : { attachment: { type: data.file, payload: filesBy === 'link' ? linked(part) : await upload(data.file, part, account, hub) } }
  const json = {
    recipient: { id: data.to },
    ...(data.late ? { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' } : { messaging_type: 'RESPONSE' }),
    message: { ...content, ...(data.buttons && { quick_replies: data.buttons.map(quickReply) }), metadata: part.idempotencyKey },
    ...(data.replyTo !== undefined && { reply_to: { mid: data.replyTo } }),
  }
  const { message_id: externalId } = await askGraph(account, hub, { method: 'POST', path: 'me/messages', json, mayAct: true }, sentMessage)
  return { externalId }
}

/** https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages/quick-replies */
function quickReply(title: string): object {
  return { content_type: 'text', title, payload: title }
}

async function upload(type: string, part: SendablePart, account: GraphAccount, hub: Pick<Hub, 'fetch'>): Promise<object> {
  const [file] = part.files
  if (!file) throw both('rejected', 'The file of this part is gone', 'Файла этой части больше нет')
  const form = new FormData()
  form.set('message', JSON.stringify({ attachment: { type, payload: { is_reusable: true } } }))
  form.set('filedata', new Blob([new Uint8Array(await file.read())], { type: file.type }), file.name)
  const answer = await askGraph(account, hub, { method: 'POST', path: 'me/message_attachments', form, timeoutMs: 300_000 }, uploaded)
  return { attachment_id: answer.attachment_id }
}

/** For Instagram, which has no upload. */
function linked({ files: [file] }: SendablePart): object {
  if (!file) throw both('rejected', 'The file of this part is gone', 'Файла этой части больше нет')
  return { url: file.publicLink() }
}
