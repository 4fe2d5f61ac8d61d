import { z } from 'zod'
import { ConnectorError } from '../../core/connector/errors.ts'
import type { Hub } from '../../core/connector/hub.ts'
import { type OutgoingMessage, type Rendered, refuse, type SendablePart, type Sent } from '../../core/connector/outgoing.ts'
import { visitorKind } from '../../core/connector/visitors.ts'
import { maxAnswerFileBytes, maxTextLength } from './manifest.ts'

/** The message itself stands in the conversation, where its visitor reads it: nothing of it has to be carried. */
const partData = z.object({ visitor: z.string(), message: z.string() })
type PartData = z.infer<typeof partData>

/** One part, text and files together. */
export function render(message: OutgoingMessage): Rendered<PartData> {
  const { to, attachments, text } = message
  if (to.kind !== visitorKind)
    return refuse('invalid_recipient', 'This client has not written in the chat of the site', 'Этот клиент не писал в чате на сайте')
  if (text.length > maxTextLength)
    return refuse('unsupported', `The chat carries texts up to ${maxTextLength} characters`, `Чат передаёт тексты до ${maxTextLength} знаков`)
  const tooBig = attachments.find((file) => file.size > maxAnswerFileBytes)
  if (tooBig) return refuse('unsupported', `"${tooBig.name}" is larger than 50 MB`, `«${tooBig.name}» больше 50 МБ`)
  return { parts: [{ data: { visitor: to.value, message: message.id }, attachmentIds: attachments.map(({ id }) => id) }] }
}

/** Tells the pages that are open now; one that is away reads it when it comes back. A second time changes nothing. */
export async function send(part: SendablePart, hub: Hub): Promise<Sent> {
  const data = partData.safeParse(part.data)
  if (!data.success || !hub.visitors) throw new ConnectorError('rejected', 'This part is not one of the site chat')
  const { visitor, message } = data.data
  await hub.visitors.push(visitor, { is: 'message' }).catch((cause: unknown) => {
    throw new ConnectorError('temporary', 'The page could not be told', {
      cause,
      words: { en: 'The page could not be told', ru: 'Страницу не удалось известить' },
    })
  })
  return { externalId: message }
}
