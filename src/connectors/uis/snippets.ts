import type { Snippet } from '../../core/connector/connector.ts'
import type { Channel } from '../../core/connector/hub.ts'
import type { Localised } from '../../core/connector/manifest.ts'
import type { Settings } from './settings.ts'
import type { Kind } from './words.ts'

const common = [
  'notification_mnemonic',
  'notification_time',
  'notification_timestamp',
  'call_session_id',
  'virtual_phone_number',
  'contact_phone_number',
]
const named = [...common, 'contact_full_name']
const ofEmployee = [...common, 'direction', 'external_id', 'employee_id']

/** Each with the name that the cabinet gives the notification, and the variables that it offers for it. */
const templates: { kind: Kind; title: Localised; variables: string[] }[] = [
  { kind: 'incoming', title: { en: 'Incoming call to a virtual number', ru: 'Входящий звонок на виртуальный номер' }, variables: named },
  { kind: 'ringing', title: { en: 'Waiting for an answer', ru: 'Ожидание ответа' }, variables: ofEmployee },
  { kind: 'answered', title: { en: 'Talk started', ru: 'Начало разговора' }, variables: ofEmployee },
  { kind: 'talk_ended', title: { en: 'Talk finished', ru: 'Завершение разговора' }, variables: ofEmployee },
  { kind: 'outgoing', title: { en: 'Outgoing call', ru: 'Исходящий звонок' }, variables: [...named, 'employee_id'] },
  { kind: 'lost', title: { en: 'Lost call', ru: 'Потерянный звонок' }, variables: [...named, 'wait_time_duration'] },
  {
    kind: 'finished',
    title: { en: 'Call finished', ru: 'Завершение звонка' },
    variables: [...ofEmployee, 'talk_time_duration', 'wait_time_duration', 'total_time_duration'],
  },
  {
    kind: 'recorded',
    title: { en: 'Recorded call', ru: 'Записанный разговор' },
    variables: [...common, 'employee_id', 'file_link', 'file_duration'],
  },
]

/** One template for each notification: the body of a notification is what the user makes it. The token is only a place for it. */
export function snippets(channel: Channel<Settings>): Snippet[] {
  const address: Snippet = {
    id: 'address',
    title: { en: 'Address of all notifications (POST)', ru: 'Адрес всех уведомлений (POST)' },
    code: channel.hookUrl,
    steps: [
      {
        en: 'In the cabinet: Notifications → add one for each template below, method POST, this address, the template as its body.',
        ru: 'В кабинете: «Уведомления» → добавьте по одному на каждый шаблон ниже, метод POST, этот адрес, шаблон как тело.',
      },
      {
        en: 'Put the token of this channel in place of YOUR_TOKEN.',
        ru: 'Замените YOUR_TOKEN на токен этого канала.',
      },
    ],
  }
  return [address, ...templates.map(({ kind, title, variables }) => ({ id: kind, title, code: templateOf(kind, variables) }))]
}

function templateOf(kind: Kind, variables: string[]): string {
  const lines = ['"token": "YOUR_TOKEN"', `"event": "${kind}"`, ...variables.map((name) => `"${name}": {{${name}}}`)]
  return `{\n${lines.map((line) => `  ${line}`).join(',\n')}\n}`
}
