import type { Manifest } from '../../core/connector/manifest.ts'

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/text-messages */
export const maxTextLength = 4096
/** Of a document, the largest kind: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media */
export const maxDocumentBytes = 100_000_000
/** https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages#customer-service-windows */
export const windowHours = 24

export const manifest: Manifest = {
  id: 'whatsapp',
  title: { en: 'WhatsApp', ru: 'WhatsApp' },
  summary: {
    en: 'Your business number on the WhatsApp Cloud API: messages, photos, voice, files, reactions, read marks, and your answers.',
    ru: 'Ваш номер в WhatsApp Cloud API: сообщения, фото, голосовые, файлы, реакции, отметки о прочтении и ваши ответы.',
  },
  media: ['chat', 'voice'],
  transport: ['webhook'],
  proof: ['signature'],
  abilities: ['verify', 'dedupeKey', 'render', 'send', 'fetchMedia', 'listTemplates', 'setUpWebhook'],
  steps: [
    {
      en: 'At developers.facebook.com create an app of the type Business, add WhatsApp and your number. Copy the phone number ID and the WhatsApp Business Account ID.',
      ru: 'На developers.facebook.com создайте приложение типа Business, добавьте WhatsApp и свой номер. Скопируйте Phone number ID и WhatsApp Business Account ID.',
    },
    {
      en: 'In Business settings → System users give an admin user the app and the account, and make a permanent token with whatsapp_business_messaging and whatsapp_business_management.',
      ru: 'В Business settings → System users дайте администратору доступ к приложению и аккаунту и создайте постоянный токен с whatsapp_business_messaging и whatsapp_business_management.',
    },
    {
      en: 'Copy the app secret (App settings → Basic) and think of a verify token. Save, then press "Register the hook".',
      ru: 'Скопируйте App secret (App settings → Basic) и придумайте Verify token. Сохраните и нажмите «Зарегистрировать вебхук».',
    },
    {
      en: 'In the app under WhatsApp → Configuration subscribe to the field messages (and smb_message_echoes, if the number also lives in the WhatsApp Business app).',
      ru: 'В приложении, WhatsApp → Configuration, подпишитесь на поле messages (и smb_message_echoes, если номер живёт и в приложении WhatsApp Business).',
    },
    {
      en: 'Write to your number from another phone: it appears in Waiting.',
      ru: 'Напишите на свой номер с другого телефона: сообщение появится в «Ждут ответа».',
    },
  ],
  icon: '<path d="M3 21l1.65-4.9A9 9 0 1 1 8 19.4z"/><path d="M9 9.5c0 3 2.5 5.5 5.5 5.5l1-1.5-2-1-1 .8c-.8-.4-1.4-1-1.8-1.8l.8-1-1-2z"/>',
  limits: { textLength: maxTextLength, attachmentBytes: maxDocumentBytes, window: { hours: windowHours }, buttons: { count: 3, length: 20 } },
  reaches: ['whatsapp'],
}
