import type { Manifest } from '../../core/connector/manifest.ts'

// https://developers.avito.ru/api-catalog/messenger/documentation
export const maxTextLength = 1000
export const maxImageBytes = 24_000_000

export const manifest: Manifest = {
  id: 'avito',
  title: { en: 'Avito Messenger', ru: 'Мессенджер Авито' },
  summary: {
    en: 'Chats about your ads: messages, pictures and voice come in, your answers go out.',
    ru: 'Чаты по вашим объявлениям: сообщения, картинки и голосовые приходят сюда, ваши ответы уходят в Авито.',
  },
  media: ['chat'],
  transport: ['webhook', 'session'],
  proof: ['url', 'session'],
  abilities: ['verify', 'dedupeKey', 'open', 'render', 'send', 'fetchMedia', 'setUpWebhook'],
  steps: [
    {
      en: 'You need a plan with the Messenger API: "Maximum" for goods and jobs, "Extended" or "Maximum" for services.',
      ru: 'Нужен тариф с API мессенджера: «Максимальный» для товаров и работы, «Расширенный» или «Максимальный» для услуг.',
    },
    {
      en: 'On Avito open For professionals → Integrations, copy client id and client secret and paste them here.',
      ru: 'На Авито откройте «Для профессионалов» → «Интеграции», скопируйте client_id и client_secret и вставьте их сюда.',
    },
    {
      en: 'Save and press "Set up webhook" when this hub has a public HTTPS address. Without one the hub asks Avito every minute.',
      ru: 'Сохраните и нажмите «Настроить вебхук», если у хаба есть публичный HTTPS-адрес. Без него хаб спрашивает Авито раз в минуту.',
    },
    { en: 'Write to one of your ads from another account.', ru: 'Напишите на одно из своих объявлений с другого аккаунта.' },
  ],
  icon: '<circle cx="8" cy="8" r="4"/><circle cx="17" cy="8" r="3"/><circle cx="8" cy="17" r="2"/><circle cx="16" cy="16" r="5"/>',
  limits: {
    textLength: maxTextLength,
    attachmentBytes: maxImageBytes,
    attachmentTypes: ['image/jpeg', 'image/png', 'image/gif', 'image/bmp', 'image/heic'],
  },
  reaches: ['avito'],
}
