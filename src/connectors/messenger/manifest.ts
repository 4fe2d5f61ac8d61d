import type { Manifest } from '../../core/connector/manifest.ts'
import { replyWindow } from '../kits/meta/talks/window.ts'

/** https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages */
export const maxTextLength = 2000
export const maxFileBytes = 25_000_000

export const manifest: Manifest = {
  id: 'messenger',
  title: { en: 'Facebook Messenger', ru: 'Facebook Messenger' },
  summary: {
    en: 'Messages to your Facebook page: texts, photos, files, reactions, what colleagues answer in Meta Business Suite, and your answers.',
    ru: 'Сообщения странице Facebook: тексты, фото, файлы, реакции, ответы коллег из Meta Business Suite и ваши ответы.',
  },
  media: ['chat'],
  transport: ['webhook'],
  proof: ['signature'],
  abilities: ['verify', 'dedupeKey', 'render', 'send', 'fetchMedia', 'setUpWebhook', 'afterDelivery'],
  steps: [
    {
      en: 'At developers.facebook.com create an app of the type Business and add Messenger. Copy its ID and its secret (App settings → Basic).',
      ru: 'На developers.facebook.com создайте приложение типа Business и добавьте Messenger. Скопируйте его ID и секрет (App settings → Basic).',
    },
    {
      en: 'Under Messenger → API Settings connect your page and make its access token (pages_messaging, pages_manage_metadata).',
      ru: 'В Messenger → API Settings подключите страницу и создайте её токен доступа (pages_messaging, pages_manage_metadata).',
    },
    {
      en: 'Think of a verify token, save, and press "Register the hook".',
      ru: 'Придумайте Verify token, сохраните и нажмите «Зарегистрировать вебхук».',
    },
    {
      en: 'Publish the app: until then only people with a role in it are heard.',
      ru: 'Опубликуйте приложение: до этого слышны только люди с ролью в нём.',
    },
  ],
  icon: '<path d="M12 3c5 0 9 3.6 9 8.3S17 19.6 12 19.6c-1 0-2-.1-2.9-.4L5.5 21v-3.4C4 16 3 13.8 3 11.3 3 6.6 7 3 12 3"/><path d="m7.5 13 3-3 3 2.5 3-2.5"/>',
  limits: { textLength: maxTextLength, attachmentBytes: maxFileBytes, window: replyWindow, buttons: { count: 13, length: 20 } },
  reaches: ['messenger'],
}
