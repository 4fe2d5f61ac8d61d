import type { Manifest } from '../../core/connector/manifest.ts'

/** Uploads of a bot end here: https://core.telegram.org/bots/api#sending-files */
export const maxUploadBytes = 50_000_000
/** https://core.telegram.org/bots/api#sendmessage */
export const maxTextLength = 4096

export const manifest: Manifest = {
  id: 'telegram',
  title: { en: 'Telegram bot', ru: 'Telegram-бот' },
  summary: {
    en: 'Private chats of clients with your bot: messages, photos, voice, files and shared phones, and your answers.',
    ru: 'Личные чаты клиентов с вашим ботом: сообщения, фото, голосовые, файлы и номера телефонов, и ваши ответы.',
  },
  media: ['chat'],
  transport: ['session', 'webhook'],
  proof: ['secret', 'session'],
  abilities: ['verify', 'dedupeKey', 'reply', 'open', 'render', 'send', 'fetchMedia', 'setUpWebhook'],
  steps: [
    {
      en: 'In Telegram open @BotFather, send /newbot and answer its questions, or /token for a bot you already have.',
      ru: 'Откройте в Telegram @BotFather, отправьте /newbot и ответьте на вопросы, или /token, если бот уже есть.',
    },
    {
      en: 'Copy the token (it looks like 123456789:AAE…) and paste it here.',
      ru: 'Скопируйте токен (он похож на 123456789:AAE…) и вставьте сюда.',
    },
    {
      en: 'Leave "polling" unless this hub has a public HTTPS address on port 443, 80, 88 or 8443; then "webhook" is a little quicker.',
      ru: 'Оставьте «polling», если у хаба нет публичного HTTPS-адреса на порту 443, 80, 88 или 8443; с ним «webhook» чуть быстрее.',
    },
    {
      en: 'Write something to your bot from your own account: it appears in Waiting.',
      ru: 'Напишите боту что-нибудь со своего аккаунта: сообщение появится в «Ждут ответа».',
    },
  ],
  icon: '<path d="M21 4 3 11l6 2.5L11 20l3.5-4.5L19 19z"/><path d="m9 13.5 7-5"/>',
  limits: { textLength: maxTextLength, attachmentBytes: maxUploadBytes },
  reaches: ['telegram'],
}
