import { z } from 'zod'
import type { Hub } from '../../../../core/connector/hub.ts'
import type { OutgoingMessage, SendablePart, Sent } from '../../../../core/connector/outgoing.ts'
import { both } from '../failures.ts'
import { askGraph, type GraphAccount } from '../graph.ts'

const dayMs = 24 * 60 * 60 * 1000

/** What the outbox keeps of one message. `late`: behind the 24 hours, by the tag for people's own answers. */
export const partData = z.object({
  to: z.string(),
  text: z.string().optional(),
  file: z.enum(['image', 'video', 'audio', 'file']).optional(),
  replyTo: z.string().optional(),
  late: z.boolean().optional(),
})
export type PartData = z.infer<typeof partData>

/**
 * Free words for a day after the client's last, a person's answer for seven with the permission Human Agent; undefined: it is too late. Without knowing
 * when he wrote the vendor is to judge. https://developers.facebook.com/documentation/business-messaging/messenger-platform/policy
 */
export function windowOf({ sinceInboundMs, automatic }: OutgoingMessage, { humanAgent }: { humanAgent: boolean }): 'open' | 'late' | undefined {
  if (sinceInboundMs === undefined || sinceInboundMs <= dayMs) return 'open'
  return humanAgent && !automatic && sinceInboundMs <= 7 * dayMs ? 'late' : undefined
}

const uploaded = z.object({ attachment_id: z.string().min(1) })
const sentMessage = z.object({ message_id: z.string().min(1) })

/** One message; there is no idempotency key, our own id only comes back in its echo. An upload before it may be repeated. */
export async function sendTalk(part: SendablePart, account: GraphAccount, hub: Pick<Hub, 'fetch'>): Promise<Sent> {
  const data = partData.safeParse(part.data).data
  if (!data) throw both('rejected', 'This part was not made for this channel', 'Эта часть сделана не для этого канала')
  const content =
    data.file === undefined
      ? { text: data.text }
      : { attachment: { type: data.file, payload: { attachment_id: await upload(data.file, part, account, hub) } } }
  const json = {
    recipient: { id: data.to },
    ...(data.late ? { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' } : { messaging_type: 'RESPONSE' }),
    message: { ...content, metadata: part.idempotencyKey },
    ...(data.replyTo !== undefined && { reply_to: { mid: data.replyTo } }),
  }
  const { message_id: externalId } = await askGraph(account, hub, { method: 'POST', path: 'me/messages', json, mayAct: true }, sentMessage)
  return { externalId }
}

async function upload(type: string, part: SendablePart, account: GraphAccount, hub: Pick<Hub, 'fetch'>): Promise<string> {
  const [file] = part.files
  if (!file) throw both('rejected', 'The file of this part is gone', 'Файла этой части больше нет')
  const form = new FormData()
  form.set('message', JSON.stringify({ attachment: { type, payload: { is_reusable: true } } }))
  form.set('filedata', new Blob([new Uint8Array(await file.read())], { type: file.type }), file.name)
  const answer = await askGraph(account, hub, { method: 'POST', path: 'me/message_attachments', form, timeoutMs: 300_000 }, uploaded)
  return answer.attachment_id
}
