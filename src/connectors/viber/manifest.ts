import type { Manifest } from '../../core/connector/manifest.ts'

/** As the official SDKs have it; the whole request ends at 30 kB, which a text of this length never reaches. */
export const maxTextLength = 7000
/** As the documents of the API have them; a picture that is larger, or no JPEG or PNG, goes as a file. https://developers.viber.com/docs/api/rest-bot-api/#message-types */
export const maxPictureBytes = 1_000_000
export const maxVideoBytes = 26_000_000
export const maxFileBytes = 50_000_000

export const manifest: Manifest = {
  id: 'viber',
  title: { en: 'Viber bot', ru: 'Бот в Viber' },
  summary: {
    en: 'Chats of clients with your Viber bot: messages, photos, files and shared phones, your answers and what became of them.',
    ru: 'Чаты клиентов с вашим ботом в Viber: сообщения, фото, файлы и номера телефонов, ваши ответы и что с ними стало.',
  },
  media: ['chat'],
  transport: ['webhook'],
  proof: ['signature'],
  abilities: ['verify', 'dedupeKey', 'render', 'send', 'fetchMedia', 'setUpWebhook'],
  steps: [
    {
      en: 'You need a Viber bot: since February 2024 new ones are given on commercial terms only (Rakuten Viber or a partner).',
      ru: 'Нужен бот в Viber: с февраля 2024 новые выдаются только на коммерческих условиях (Rakuten Viber или партнёр).',
    },
    {
      en: 'In Viber open More → Settings → Bots → Edit info, copy the app key and paste it here.',
      ru: 'В Viber откройте «Ещё» → «Настройки» → «Боты» → «Изменить», скопируйте ключ приложения и вставьте его сюда.',
    },
    {
      en: 'Save and press "Set up webhook": the hub must have a public HTTPS address with a trusted certificate.',
      ru: 'Сохраните и нажмите «Настроить вебхук»: хабу нужен публичный HTTPS-адрес с доверенным сертификатом.',
    },
    { en: 'Write to the bot: the message appears in Waiting.', ru: 'Напишите боту: сообщение появится в «Ждут ответа».' },
  ],
  icon: '<path d="M5 4h11a4 4 0 0 1 4 4v5a4 4 0 0 1-4 4h-4l-4 4v-4H8a4 4 0 0 1-4-4V5z"/><path d="M9 8c0 3 2 5 5 5"/>',
  limits: { textLength: maxTextLength, attachmentBytes: maxFileBytes, filesByLink: true, buttons: { count: 12, length: 60 } },
  reaches: ['viber'],
}
