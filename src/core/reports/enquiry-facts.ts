import { type Fact, nothingSaid, teamOf } from './fact.ts'

/** A host without `www.`; null where there is none. */
function hostOf(url: string): string {
  return `nullif(regexp_replace(lower(substring(${url} from '^[a-zA-Z]+://([^/:?#]+)')), '^www\\.', ''), '')`
}

const utm = `nullif(lower(btrim(e.source -> 'utm' ->> 'source')), '')`
const referrer = `nullif(${hostOf(`e.source ->> 'referrer'`)}, ${hostOf(`coalesce(e.source ->> 'page', '')`)})`
const campaign = `nullif(lower(btrim(e.source ->> 'campaign')), '')`
const address = `coalesce(nullif(btrim(ours.source), ''), nullif(btrim(ours.name), ''))`
const channel = `nullif(btrim(ch.name), '')`

/** What the client did towards us: the touches of which the reports speak. Alias `e`. */
export const isEnquiry = `e.direction = 'inbound' and e.automatic is null and coalesce(e.extra ->> 'backfill', 'false') <> 'true'
  and (e.kind in ('message', 'form', 'call') or (e.kind = 'event' and e.extra ->> 'event' = 'touch' and e.deleted_at is null))`

/** The first of these that is known is the source; what none of them knows stays, without a source. */
const named = `
  left join channels ch on ch.id = e.channel_id
  left join addresses ours on ours.channel_id = e.channel_id and ours.value = e.to_value
  cross join lateral (select coalesce(${utm}, ${referrer}, ${campaign}, ${address}, ${channel}) as source,
    case when ${utm} is not null then 'utm' when ${referrer} is not null then 'referrer' when ${campaign} is not null then 'campaign'
      when ${address} is not null then 'address' when ${channel} is not null then 'channel' end as source_rule) said
  left join lateral (select case when e.kind in ('form', 'event') then nullif(btrim(e.subject), '') else (
    select nullif(btrim(l.topic), '') from leads l where l.contact_id = e.contact_id and l.created_at <= e.received_at + interval '5 minutes'
    order by l.created_at desc, l.id desc limit 1) end as topic) about on true`

const columns = `e.id, e.sort_at as at, c.card_id, e.medium, said.source, said.source_rule, about.topic, ${teamOf('e.conversation_id', 'c.card_id')}`

/** Enquiries of the span with their source and topic. */
export const enquiriesSql = `select ${columns}, null::uuid as user_id, ${nothingSaid.minutes}
  from entries e join contacts c on c.id = e.contact_id ${named}
  where e.sort_at >= $1 and e.sort_at < $2 and ${isEnquiry}`

/** What ends a wait: an answer of a person, a talk, or a user's word that none is needed. Alias `s`. */
const isAnswer = `((s.direction = 'outbound' and s.kind <> 'call' and s.status is distinct from 'failed' and (s.kind <> 'event' or s.deleted_at is null))
  or (s.kind = 'event' and s.extra ->> 'event' = 'touch' and s.extra ->> 'answered' = 'true' and s.deleted_at is null)
  or (s.kind = 'call' and exists (select from calls k where k.id = s.call_id and k.outcome = 'answered')))`
const isSettled = `(s.kind = 'event' and s.extra ->> 'event' in ('waiting_ended', 'closed'))`
const couldSettle = `s.automatic is null and (s.direction = 'outbound' or s.kind in ('call', 'event'))`

/** An answer to a card after a moment: `exists (${answeredAfter('c.card_id', 'l.created_at')})`. */
export function answeredAfter(cardId: string, moment: string): string {
  return `select from contacts m join entries s on s.contact_id = m.id and ${couldSettle} where m.card_id = ${cardId} and s.sort_at >= ${moment} and ${isAnswer}`
}

/** What makes a client wait: a message, a form, a call that nobody took. */
const asks = (entry: string) => `(${entry}.kind in ('message', 'form') or (${entry}.kind = 'call'
  and exists (select from calls k where k.id = ${entry}.call_id and k.direction = 'inbound' and k.state = 'ended' and k.outcome <> 'answered')))`

/**
 * Enquiries that began a wait: the client's card had nothing unanswered before. With what ended it first: `answered`, `settled`
 * without an answer, or nothing yet. `needs` in the queries of facts.
 */
export const needsSql = `select need.*, ended.by_answer, ended.user_id, ended.at as ended_at
  from (select ${columns}, e.channel_id, e.conversation_id from entries e join contacts c on c.id = e.contact_id ${named}
    left join lateral (select max(last.sort_at) as at from contacts m cross join lateral (
        select s.sort_at from entries s where s.contact_id = m.id and ${couldSettle} and (s.sort_at, s.id) < (e.sort_at, e.id)
          and (${isAnswer} or ${isSettled}) order by s.sort_at desc, s.id desc limit 1) last
      where m.card_id = c.card_id) before on true
    where e.sort_at >= $1 and e.sort_at < $2 and ${isEnquiry} and ${asks('e')}
      and not exists (select from contacts m join entries p on p.contact_id = m.id and p.direction = 'inbound' and p.automatic is null
          and ${asks('p')}
        where m.card_id = c.card_id and (p.sort_at, p.id) < (e.sort_at, e.id) and p.sort_at > coalesce(before.at, '-infinity')
          and coalesce(p.extra ->> 'backfill', 'false') <> 'true')) need
  left join lateral (select s.sort_at as at, ${isAnswer} as by_answer,
      coalesce(s.author_id, (select k.user_id from calls k where k.id = s.call_id)) as user_id
    from contacts m join entries s on s.contact_id = m.id and ${couldSettle}
    where m.card_id = need.card_id and (s.sort_at, s.id) > (need.at, need.id) and (${isAnswer} or ${isSettled})
    order by s.sort_at, s.id limit 1) ended on true`

const clockMinutes = (until: string) => `round((extract(epoch from ${until} - need.at) / 60)::numeric, 1)::float8 as minutes`
const openMinutes = (until: string) => `open_minutes((select rule -> 'hours' from routing_rule(need.channel_id,
  (select team_id from conversations v where v.id = need.conversation_id)) rule), need.at, ${until}) as open_minutes`

function needs(where: string, userId: string, until: string): string {
  return `select need.id, need.at, need.card_id, need.medium, need.source, need.source_rule, need.topic, ${userId} as user_id,
    need.team_id, ${clockMinutes(until)}, ${openMinutes(until)} from needs need where ${where}`
}

export const enquiryFacts = {
  enquiries: {
    ru: {
      title: 'Обращения',
      text: 'Каждое сообщение, письмо, заявка, входящий звонок и записанное вручную обращение клиента, по времени события и часам фирмы. Без карантина, автоответов, рассылок, старой почты и отменённых записей. Источник: первое известное из UTM, сайта-источника, кампании, имени нашего адреса, имени канала; иначе «Без источника». Тема: тема заявки, для остальных тема последнего лида клиента на тот момент.',
    },
    en: {
      title: 'Enquiries',
      text: 'Every message, letter, form, incoming call and enquiry logged by hand, by the time it happened and the firm’s clock. Without quarantine, automatic letters, mailings, old mail and undone records. Source: the first known of UTM, referring site, campaign, name of our address, name of the channel; else “No source”. Topic: that of the form, for others that of the client’s latest lead at the time.',
    },
    version: 1,
    sql: enquiriesSql,
  },
  begun: {
    ru: {
      title: 'Начали ждать ответа',
      text: 'Письменные обращения и пропущенные звонки, с которых клиент начал ждать: до них у него не было ничего без ответа. Следующие его слова и звонки до ответа не считаются ещё раз. Без карантина.',
    },
    en: {
      title: 'Began to wait',
      text: 'Written enquiries and missed calls with which a client began to wait: nothing of his was unanswered before. What he adds until the answer is not counted again. Without quarantine.',
    },
    version: 2,
    sql: needs('true', 'null::uuid', 'null::timestamptz'),
  },
  answered: {
    ru: {
      title: 'Первый ответ',
      text: 'От письменного обращения или пропущенного звонка до первого ответа человека любым способом: сообщение, разговор, запись вручную. Автоответ не считается. Медиана и p90 даны в рабочих минутах по часам работы канала, отдела или фирмы и отдельно по обычным часам. Без тех, кто ещё ждёт.',
    },
    en: {
      title: 'First answer',
      text: 'From a written enquiry or a missed call to the first answer of a person by any medium: a message, a talk, a record by hand. Automatic answers do not count. Median and p90 are in working minutes by the hours of the channel, team or firm, and apart by the clock. Without those who still wait.',
    },
    version: 2,
    sql: needs('need.by_answer', 'need.user_id', 'need.ended_at'),
  },
  settled: {
    ru: { title: 'Закрыто без ответа', text: 'Начали ждать, но раньше ответа человек отметил «ответ не нужен», «ответили иначе» или закрыл диалог.' },
    en: {
      title: 'Settled without an answer',
      text: 'Began to wait, and before any answer a user said that none is needed, that it was given elsewhere, or closed it.',
    },
    version: 2,
    sql: needs('need.by_answer = false', 'need.user_id', 'need.ended_at'),
  },
  unanswered: {
    ru: { title: 'Ещё без ответа', text: 'Начали ждать за этот период и до сих пор без ответа человека; ждут столько минут.' },
    en: { title: 'Not answered yet', text: 'Began to wait in this span and have no answer of a person until now; the minutes say how long.' },
    version: 2,
    sql: needs('need.by_answer is null', 'null::uuid', 'now()'),
  },
} satisfies Record<string, Fact>
