import type { Manifest } from '../../core/connector/manifest.ts'
import { safeLength } from '../kits/sms/segments.ts'

/** A text of SMSC has at most 1000 characters; so many SMS hold them in any language. */
export const mostSegments = 14

export const manifest: Manifest = {
  id: 'smsc',
  title: { en: 'SMSC', ru: 'SMSC (SMS-центр)' },
  summary: {
    en: 'SMS to and from your clients through SMSC.ru, SMSC.kz or SMSC.ua, with what became of each.',
    ru: 'SMS вашим клиентам и от них через SMSC.ru, SMSC.kz или SMSC.ua, с отметкой о доставке каждого.',
  },
  media: ['sms'],
  transport: ['session', 'webhook'],
  proof: ['session', 'signature', 'url'],
  abilities: ['verify', 'open', 'render', 'send'],
  steps: [
    {
      en: 'Enter login and password of the cabinet, or an API key made there. Where you have an approved sender, enter its name.',
      ru: 'Введите логин и пароль кабинета или созданный там API-ключ. Если у вас есть согласованное имя отправителя, укажите его.',
    },
    {
      en: 'That is enough: the hub asks for answers and statuses by itself.',
      ru: 'Этого достаточно: хаб сам запрашивает ответы и статусы.',
    },
    {
      en: 'Quicker: in the cabinet set the hook address of this channel as the handler for statuses and incoming messages, in UTF-8, with a secret word that you enter here, too.',
      ru: 'Быстрее: укажите в кабинете адрес этого канала как обработчик статусов и входящих, в кодировке UTF-8, с секретным словом, которое введите и здесь.',
    },
  ],
  icon: '<path d="M3 6h18v12H3z"/><path d="m3 7 9 6 9-6"/>',
  limits: { textLength: safeLength(mostSegments), attachmentTypes: [] },
  reaches: ['phone'],
}
