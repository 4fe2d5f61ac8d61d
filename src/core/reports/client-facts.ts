import { answeredAfter } from './enquiry-facts.ts'
import { type Fact, nothingSaid, teamOf } from './fact.ts'

const waitingSql = (late: string) => `select c.card_id as id, min(w.waiting_since) as at, c.card_id, min(w.medium) as medium, ${nothingSaid.source},
  null::uuid as user_id, (array_agg(w.team_id order by w.due_at, w.id))[1] as team_id, round((extract(epoch from now() - min(w.waiting_since)) / 60)::numeric, 1)::float8 as minutes, null::int as open_minutes
  from waiting_items w join contacts c on c.id = w.contact_id group by c.card_id having ${late}`

const missedSql = (
  where: string,
) => `select k.id, k.started_at as at, c.card_id, null::text as medium, coalesce(nullif(btrim(ours.source), ''), nullif(btrim(ours.name), ''), ch.name) as source,
  case when coalesce(nullif(btrim(ours.source), ''), nullif(btrim(ours.name), '')) is not null then 'address' else 'channel' end as source_rule,
  null::text as topic, k.user_id, ${teamOf('k.conversation_id', 'c.card_id')}, round((extract(epoch from now() - k.started_at) / 60)::numeric, 1)::float8 as minutes, null::int as open_minutes
  from calls k left join contacts c on c.id = k.contact_id left join channels ch on ch.id = k.channel_id
    left join addresses ours on ours.channel_id = k.channel_id and ours.value = k.dialled
  where k.started_at >= $1 and k.started_at < $2 and k.direction = 'inbound' and k.state = 'ended' and k.outcome <> 'answered' and ${where}`

const leadsSql = (
  where: string,
) => `select l.id, l.created_at as at, c.card_id, null::text as medium, null::text as source, null::text as source_rule,
  nullif(btrim(l.topic), '') as topic, coalesce(l.owner_id, c.owner_id) as user_id,
  ${teamOf('null::uuid', 'c.card_id')}, round((extract(epoch from now() - l.created_at) / 60)::numeric, 1)::float8 as minutes, null::int as open_minutes
  from leads l join contacts c on c.id = l.contact_id where l.created_at >= $1 and l.created_at < $2 and ${where}`

export const clientFacts = {
  waiting: {
    ru: {
      title: 'Ждут сейчас',
      text: 'Клиенты, которые ждут ответа в эту минуту: один клиент один раз, сколько бы способов он ни выбрал. Отложенные не входят, пока не настанет их час. Не зависит от выбранного периода.',
    },
    en: {
      title: 'Waiting now',
      text: 'Clients who wait for an answer this minute: each once, over all media. Without those put off until later. Does not depend on the chosen span.',
    },
    version: 1,
    sql: waitingSql('true'),
  },
  late: {
    ru: { title: 'Опоздали', text: 'Из ждущих сейчас те, чей срок ответа по цели канала уже прошёл.' },
    en: { title: 'Late', text: 'Of those who wait now: whose time by the channel’s target has passed.' },
    version: 1,
    sql: waitingSql('min(w.due_at) < now()'),
  },
  missed: {
    ru: { title: 'Пропущенные', text: 'Входящие звонки за период, которые кончились без разговора. Звонок с переводами считается один раз.' },
    en: { title: 'Missed', text: 'Incoming calls of the span that ended without a talk. A call with transfers counts once.' },
    version: 1,
    sql: missedSql('true'),
  },
  notCalledBack: {
    ru: {
      title: 'Не перезвонили',
      text: 'Пропущенные, после которых с клиентом не было ни разговора в любую сторону, ни ответа человека любым способом.',
    },
    en: { title: 'Not called back', text: 'Missed calls after which there was neither a talk either way nor an answer of a person by any medium.' },
    version: 1,
    sql: missedSql(`not exists (${answeredAfter('c.card_id', 'k.started_at')} and s.call_id is distinct from k.id)`),
  },
  newLeads: {
    ru: { title: 'Новые лиды', text: 'Лиды, созданные за период, в любом состоянии.' },
    en: { title: 'New leads', text: 'Leads made in the span, whatever became of them.' },
    version: 1,
    sql: leadsSql('true'),
  },
  untouchedLeads: {
    ru: {
      title: 'Лиды без касания',
      text: 'Открытые лиды, созданные за период, клиенту которых с тех пор никто не ответил: ни сообщения человека, ни разговора, ни записи вручную. Автоответ не касание.',
    },
    en: {
      title: 'Leads nobody touched',
      text: 'Open leads made in the span whose client has had no answer since: no message of a person, no talk, no record by hand. An automatic answer is no touch.',
    },
    version: 1,
    sql: leadsSql(`l.status in ('new', 'working') and not exists (${answeredAfter('c.card_id', 'l.created_at')})`),
  },
  quarantined: {
    ru: {
      title: 'Карантин',
      text: 'Спам, роботы и подозрительное за период, ещё не выпущенное. В обращения не входит; выпущенное считается обращением по своему времени.',
    },
    en: {
      title: 'Quarantine',
      text: 'Spam, robots and what looks like them, of the span and not released. Not among the enquiries; what is released counts there by its own time.',
    },
    version: 1,
    sql: `select q.id, q.occurred_at as at, null::uuid as card_id, null::text as medium, ch.name as source, 'channel'::text as source_rule, null::text as topic,
      null::uuid as user_id, null::uuid as team_id, ${nothingSaid.minutes} from quarantine q left join channels ch on ch.id = q.channel_id
      where q.occurred_at >= $1 and q.occurred_at < $2 and q.received_at >= $1 and q.released_at is null`,
  },
} satisfies Record<string, Fact>
