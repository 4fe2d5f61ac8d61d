import type { Manifest } from '../../core/connector/manifest.ts'

/** Longer messages are accepted by the API's schema (9000), but other clients stop here: the smaller figure always passes. */
export const maxTextLength = 4096
/** https://dev.vk.com/en/reference/errors and help: documents end at 200 MB. */
export const maxUploadBytes = 200_000_000

export const manifest: Manifest = {
  id: 'vk',
  title: { en: 'VK community', ru: 'Сообщество ВКонтакте' },
  summary: {
    en: 'Messages to your community and its lead forms, and your answers with photos, files and voice.',
    ru: 'Сообщения вашему сообществу и формы сбора заявок, и ваши ответы с фото, файлами и голосовыми.',
  },
  media: ['chat', 'form'],
  transport: ['session', 'webhook'],
  proof: ['secret', 'session'],
  abilities: ['verify', 'dedupeKey', 'reply', 'open', 'render', 'send', 'fetchMedia', 'setUpWebhook'],
  steps: [
    {
      en: 'In your community open Manage → Messages and switch messages on.',
      ru: 'В сообществе откройте «Управление» → «Сообщения» и включите сообщения.',
    },
    {
      en: 'Open Manage → API usage, create an access key with the rights to messages, management, photos and files, and paste it here.',
      ru: 'Откройте «Управление» → «Работа с API», создайте ключ доступа с правами на сообщения, управление, фото и файлы и вставьте его сюда.',
    },
    {
      en: 'Enter the number of the community (the digits after club or public in its address).',
      ru: 'Укажите номер сообщества (цифры после club или public в его адресе).',
    },
    {
      en: 'Leave "polling" unless this hub has a public HTTPS address; with one choose "webhook", save, and press "Set up webhook".',
      ru: 'Оставьте «polling», если у хаба нет публичного HTTPS-адреса; с ним выберите «webhook», сохраните и нажмите «Настроить вебхук».',
    },
    {
      en: 'Write to the community from your own account: the message appears in Waiting.',
      ru: 'Напишите сообществу со своего аккаунта: сообщение появится в «Ждут ответа».',
    },
  ],
  icon: '<path d="M4 7h3c.3 4 2 6 3.5 6V7h3v4c2-.3 3.3-2 4-4H20.5c-.6 2.5-2.2 4.2-3.5 5 1.3.7 3.2 2.3 4 5h-3.3c-.7-2-2.2-3.3-4.2-3.5V17C8 17 4.2 13.5 4 7z"/>',
  limits: { textLength: maxTextLength, attachmentBytes: maxUploadBytes, buttons: { count: 6, length: 40 } },
  reaches: ['vk'],
}
