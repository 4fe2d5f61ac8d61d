import type { Manifest } from '../../core/connector/manifest.ts'
import { replyWindow } from '../kits/meta/talks/window.ts'

/** Bytes, not characters: https://developers.facebook.com/documentation/instagram-platform/instagram-api-with-instagram-login/messaging-api */
export const maxTextBytes = 1000
export const maxImageBytes = 8_000_000
export const maxFileBytes = 25_000_000

export const manifest: Manifest = {
  id: 'instagram',
  title: { en: 'Instagram Direct', ru: 'Instagram Direct' },
  summary: {
    en: 'Direct messages to your professional account: texts, photos, voice, shared posts, story replies and mentions, reactions, and your answers.',
    ru: 'Сообщения профессиональному аккаунту: тексты, фото, голосовые, публикации, ответы на истории и упоминания, реакции и ваши ответы.',
  },
  media: ['chat'],
  transport: ['webhook'],
  proof: ['signature'],
  abilities: ['verify', 'dedupeKey', 'render', 'send', 'fetchMedia', 'setUpWebhook', 'afterDelivery'],
  steps: [
    {
      en: 'Make the account professional and, in the Instagram app, allow access to messages for connected tools.',
      ru: 'Сделайте аккаунт профессиональным и разрешите в приложении Instagram доступ подключённых инструментов к сообщениям.',
    },
    {
      en: 'At developers.facebook.com create an app of the type Business, add Instagram, connect the account and make its token. Copy the account ID and the app secret.',
      ru: 'На developers.facebook.com создайте приложение типа Business, добавьте Instagram, подключите аккаунт и создайте токен. Скопируйте ID аккаунта и секрет приложения.',
    },
    {
      en: 'With Instagram Login (no Facebook page) put https://graph.instagram.com as the API address and the Instagram app secret as the app secret.',
      ru: 'При входе через Instagram (без страницы Facebook) укажите адрес API https://graph.instagram.com и секрет приложения Instagram.',
    },
    {
      en: 'Think of a verify token, save, and press "Register the hook". Publish the app: until then nothing comes.',
      ru: 'Придумайте Verify token, сохраните и нажмите «Зарегистрировать вебхук». Опубликуйте приложение: до этого ничего не приходит.',
    },
  ],
  icon: '<rect x="4" y="4" width="16" height="16" rx="4"/><circle cx="12" cy="12" r="3.5"/><path d="M16.5 7.5v.01"/>',
  limits: {
    textLength: maxTextBytes,
    textCounts: 'bytes',
    attachmentBytes: maxFileBytes,
    attachmentTypes: ['image/jpeg', 'image/png', 'image/gif', 'audio/*', 'video/*', 'application/pdf'],
    filesByLink: true,
    window: replyWindow,
    buttons: { count: 13, length: 20 },
  },
  reaches: ['instagram'],
}
