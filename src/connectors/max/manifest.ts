import type { Manifest } from '../../core/connector/manifest.ts'

/** https://dev.max.ru/docs-api/methods/POST/messages */
export const maxTextLength = 4000
/** MAX itself takes 2 GB; a file goes through the hub's memory. */
export const maxUploadBytes = 250_000_000

export const manifest: Manifest = {
  id: 'max',
  title: { en: 'MAX bot', ru: 'Бот в MAX' },
  summary: {
    en: 'Dialogs of clients with your bot in MAX: messages, photos, voice, files and shared phones, and your answers.',
    ru: 'Диалоги клиентов с вашим ботом в MAX: сообщения, фото, голосовые, файлы и номера телефонов, и ваши ответы.',
  },
  media: ['chat'],
  transport: ['session', 'webhook'],
  proof: ['secret', 'session'],
  abilities: ['verify', 'dedupeKey', 'open', 'render', 'send', 'fetchMedia', 'setUpWebhook'],
  steps: [
    {
      en: 'Verify your organisation at business.max.ru, create a chat bot there and wait until it is approved.',
      ru: 'Подтвердите организацию на business.max.ru, создайте там чат-бота и дождитесь модерации.',
    },
    { en: 'Open the bot’s settings, copy its token and paste it here.', ru: 'Откройте настройки бота, скопируйте токен и вставьте его сюда.' },
    {
      en: 'With a public HTTPS address choose "webhook": the hub registers it by itself. Without one leave "polling".',
      ru: 'С публичным HTTPS-адресом выберите «webhook»: хаб зарегистрирует его сам. Без него оставьте «polling».',
    },
    {
      en: 'If the check says that MAX’s certificate is not trusted, give Node the root certificate of the Ministry of Digital Development.',
      ru: 'Если проверка скажет, что сертификату MAX нет доверия, добавьте Node корневой сертификат Минцифры.',
    },
    { en: 'Write to the bot: the message appears in Waiting.', ru: 'Напишите боту: сообщение появится в «Ждут ответа».' },
  ],
  icon: '<path d="M12 3a9 9 0 1 1-4.5 16.8L3 21l1.2-4.5A9 9 0 0 1 12 3z"/><circle cx="12" cy="12" r="3.5"/>',
  limits: { textLength: maxTextLength, attachmentBytes: maxUploadBytes, buttons: { count: 10, length: 64 } },
  reaches: ['max'],
}
