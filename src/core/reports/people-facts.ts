import { type Fact, nothingSaid, teamOf } from './fact.ts'

const actsSql = (
  where: string,
) => `select e.id, e.sort_at as at, c.card_id, e.medium, ${nothingSaid.source}, e.author_id as user_id, ${teamOf('e.conversation_id', 'c.card_id')}, ${nothingSaid.minutes}
  from entries e join contacts c on c.id = e.contact_id where e.sort_at >= $1 and e.sort_at < $2 and e.automatic is null and ${where}`

/** Who did what; an act without a user was done outside of the console, or by a program. */
export const peopleFacts = {
  answers: {
    ru: {
      title: 'Ответы',
      text: 'Исходящие сообщения и письма людей, кроме неотправленных; и касания, записанные вручную как исходящие. Без звонков и автоответов. Строка «вне консоли»: отправлено из приложения канала.',
    },
    en: {
      title: 'Answers',
      text: 'Outgoing messages and letters of people, without those that failed; and touches logged by hand as outgoing. Without calls and automatic answers. “Outside the console”: sent from the channel’s own app.',
    },
    version: 1,
    sql: actsSql(
      `e.direction = 'outbound' and e.kind <> 'call' and e.status is distinct from 'failed' and (e.kind <> 'event' or e.deleted_at is null)`,
    ),
  },
  taken: {
    ru: { title: 'Взял', text: 'Сколько раз человек сам взял диалог. Розданное по правилу не входит.' },
    en: { title: 'Taken', text: 'How often he took a conversation himself. What a rule gave him is not among these.' },
    version: 1,
    sql: actsSql(`e.kind = 'event' and e.extra ->> 'event' = 'assigned' and e.extra ->> 'reason' = 'taken'`),
  },
  closed: {
    ru: { title: 'Закрыл', text: 'Сколько раз человек закрыл диалог или отметил, что ответ не нужен или дан иначе.' },
    en: { title: 'Closed', text: 'How often he closed a conversation, or said that no answer is needed or that it was given elsewhere.' },
    version: 1,
    sql: actsSql(`e.kind = 'event' and e.extra ->> 'event' in ('closed', 'waiting_ended')`),
  },
  notes: {
    ru: { title: 'Заметки', text: 'Заметки для коллег в карточках клиентов.' },
    en: { title: 'Notes', text: 'Notes for colleagues on the cards of clients.' },
    version: 1,
    sql: actsSql(`e.kind = 'note'`),
  },
  logged: {
    ru: { title: 'Записал вручную', text: 'Визиты, бумажные письма и звонки со своего телефона, записанные вручную, в обе стороны; без отменённых.' },
    en: {
      title: 'Logged by hand',
      text: 'Visits, letters on paper and calls on one’s own telephone that were logged by hand, either way; without undone ones.',
    },
    version: 1,
    sql: actsSql(`e.kind = 'event' and e.extra ->> 'event' = 'touch' and e.deleted_at is null`),
  },
} satisfies Record<string, Fact>
