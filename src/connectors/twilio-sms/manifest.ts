import type { Manifest } from '../../core/connector/manifest.ts'

/** Body of one message: https://www.twilio.com/docs/messaging/api/message-resource. Longer texts go as several. */
export const maxTextLength = 1600
/** https://www.twilio.com/docs/messaging/guides/accepted-mime-types: an MMS is 5 MB in all, WhatsApp takes 16 MB. */
export const maxFileBytes = 5_000_000
/** Of WhatsApp, which belongs to no SMS. */
export const windowHours = 24

export const manifest: Manifest = {
  id: 'twilio-sms',
  title: { en: 'Twilio SMS and WhatsApp', ru: 'Twilio: SMS и WhatsApp' },
  summary: {
    en: 'SMS, MMS and WhatsApp over Twilio: what clients write with their pictures, your answers, and whether they arrived.',
    ru: 'SMS, MMS и WhatsApp через Twilio: сообщения клиентов с картинками, ваши ответы и их доставка.',
  },
  media: ['sms', 'chat'],
  transport: ['webhook'],
  proof: ['signature'],
  abilities: ['verify', 'dedupeKey', 'reply', 'render', 'send', 'listTemplates', 'fetchMedia', 'setUpWebhook'],
  steps: [
    {
      en: 'On the first page of the Twilio console copy the Account SID and the Auth Token into this form, and the number you write from.',
      ru: 'На первой странице консоли Twilio скопируйте в эту форму Account SID, Auth Token и номер, с которого вы пишете.',
    },
    {
      en: 'Save and press "Set up the hook". By hand: Phone Numbers → the number → Messaging → "A message comes in": the hook address of this channel, method POST.',
      ru: 'Сохраните и нажмите «Настроить вебхук». Вручную: Phone Numbers → номер → Messaging → «A message comes in»: адрес этого канала, метод POST.',
    },
    {
      en: 'For WhatsApp enter the same hook address at the sender under Messaging → Senders → WhatsApp, and its number here.',
      ru: 'Для WhatsApp укажите тот же адрес у отправителя в Messaging → Senders → WhatsApp, а его номер — здесь.',
    },
    {
      en: 'Switch on "Enforce HTTP auth on media URLs" in Messaging → Settings: the hub shows its password for files.',
      ru: 'Включите «Enforce HTTP auth on media URLs» в Messaging → Settings: хаб показывает пароль при загрузке файлов.',
    },
  ],
  icon: '<path d="M4 5h16v11H9l-5 4z"/><circle cx="9" cy="10.5" r="1"/><circle cx="12.5" cy="10.5" r="1"/><circle cx="16" cy="10.5" r="1"/>',
  limits: { textLength: maxTextLength, attachmentBytes: maxFileBytes, filesByLink: true, window: { hours: windowHours, medium: 'chat' } },
  reaches: ['phone', 'whatsapp'],
}
