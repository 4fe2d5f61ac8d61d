import { z } from 'zod'
import { call, channel, contact, conversation, entry, lead } from './shapes.ts'

interface WebhookEvent {
  type: string
  en: string
  ru: string
  data: z.ZodType
}

/** What webhooks tell, and in which shape: the same as the API's own. */
export const webhookEvents: WebhookEvent[] = [
  {
    type: 'entry.created',
    en: 'Something new on a timeline: a message either way, a form, a call, a note',
    ru: 'Новое в истории: сообщение в любую сторону, заявка, звонок, заметка',
    data: entry,
  },
  {
    type: 'entry.changed',
    en: 'It was delivered, read, edited, deleted or moved to another card',
    ru: 'Запись доставлена, прочитана, изменена, удалена или перенесена',
    data: entry,
  },
  { type: 'contact.created', en: 'A card was made', ru: 'Создана карточка', data: contact },
  { type: 'contact.changed', en: 'A card was changed or merged', ru: 'Карточка изменена или объединена', data: contact },
  { type: 'lead.created', en: 'A lead was made', ru: 'Создан лид', data: lead },
  {
    type: 'lead.changed',
    en: 'A lead got another status or owner, or an enquiry more',
    ru: 'У лида новый статус, ответственный или обращение',
    data: lead,
  },
  {
    type: 'conversation.changed',
    en: 'A conversation was taken, handed over, answered or closed',
    ru: 'Диалог взят, передан, отвечен или закрыт',
    data: conversation,
  },
  {
    type: 'call.changed',
    en: 'A call rings, is answered, ended or got its result or recording: the whole call each time',
    ru: 'Звонок поступил, отвечен, завершён, получил результат или запись: каждый раз звонок целиком',
    data: call,
  },
  {
    type: 'channel.changed',
    en: 'A channel works, needs attention or is paused',
    ru: 'Канал работает, требует внимания или на паузе',
    data: channel,
  },
]

/** JSON Schema (2020-12) of the whole request body. */
export function webhookSchema({ type, data }: WebhookEvent): Record<string, unknown> {
  const envelope = z.object({ type: z.literal(type), timestamp: z.string().describe('when it happened, ISO 8601 UTC'), data })
  return z.toJSONSchema(envelope, { io: 'output', unrepresentable: 'any' })
}
