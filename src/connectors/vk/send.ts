import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Channel, Hub } from '../../core/connector/hub.ts'
import type { SendablePart, Sent } from '../../core/connector/outgoing.ts'
import { wordedError } from '../../core/connector/worded-error.ts'
import { createClient } from './client.ts'
import { explainRefusal } from './failures.ts'
import { writeMessageId } from './ids.ts'
import { partData } from './outbound.ts'
import type { Settings } from './settings.ts'
import { upload } from './upload.ts'

const outcome = z.object({
  message_id: z.int().optional(),
  conversation_message_id: z.int().optional(),
  error: z.object({ code: z.number(), description: z.string().default('') }).optional(),
})
// With `peer_ids` VK names both ids of the message; with `peer_id` only the one that events do not always have.
const sent = z.union([z.array(outcome).min(1), z.int()])

/** One message. A second try with the same `random_id` makes no second message, so an unclear end may be tried again. */
export async function send(part: SendablePart, channel: Channel<Settings>, hub: Hub): Promise<Sent> {
  const data = partData.safeParse(part.data).data
  if (!data) throw wordedError('rejected', { en: 'This part was not made for VK', ru: 'Эта часть сделана не для VK' })
  const call = createClient(channel.settings, hub)
  const attachment = data.file === undefined ? undefined : await upload(part, data, call, hub)
  const { replyTo } = data
  const forward = replyTo && { peer_id: replyTo.peerId, conversation_message_ids: [replyTo.conversationMessageId], is_reply: 1 }
  const answer = await call(
    'messages.send',
    {
      peer_ids: data.peerId,
      random_id: randomId(part.idempotencyKey),
      ...(data.text === undefined ? {} : { message: data.text }),
      ...(attachment === undefined ? {} : { attachment }),
      ...(forward === undefined ? {} : { forward: JSON.stringify(forward) }),
      ...(data.buttons === undefined ? {} : { keyboard: JSON.stringify(keyboardOf(data.buttons)) }),
    },
    sent,
  )
  const made = typeof answer === 'number' ? { message_id: answer } : answer[0]
  if (made?.error) throw explainRefusal(made.error.code, made.error.description)
  return idsOf(Number(data.peerId), made ?? {})
}

/** Under the message; what is pressed comes back as a message of the client's. https://dev.vk.com/en/api/bots/development/keyboard */
function keyboardOf(labels: string[]): object {
  return { inline: true, buttons: labels.map((label) => [{ action: { type: 'text', label } }]) }
}

function idsOf(peerId: number, { message_id: id, conversation_message_id: number }: z.infer<typeof outcome>): Sent {
  const byId = `${peerId}:id${id ?? 0}`
  return number === undefined ? { externalId: byId } : { externalId: writeMessageId(peerId, number), alsoKnownAs: [byId] }
}

/** A whole number of 32 bits, never 0 (which would switch the check off). */
export function randomId(idempotencyKey: string): number {
  return createHash('sha256').update(idempotencyKey).digest().readInt32BE(0) || 1
}
