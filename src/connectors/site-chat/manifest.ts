import type { Manifest } from '../../core/connector/manifest.ts'

export const maxTextLength = 10_000
export const maxAnswerFileBytes = 50_000_000

export const manifest: Manifest = {
  id: 'site-chat',
  title: { en: 'Site chat', ru: 'Чат на сайте' },
  summary: {
    en: 'A chat of your own on any site: one line of code, no cookies, nothing foreign; files, typing, read marks, "call me back".',
    ru: 'Свой чат на любом сайте: одна строка кода, без cookies и чужих серверов; файлы, «печатает», прочтение, «перезвоните мне».',
  },
  media: ['chat'],
  transport: ['webhook'],
  proof: ['public'],
  abilities: ['verify', 'dedupeKey', 'reply', 'afterDelivery', 'render', 'send', 'admitsPage', 'greetVisitor', 'snippets'],
  steps: [
    {
      en: 'Name the sites where the chat may stand; everything else has a sensible beginning.',
      ru: 'Укажите сайты, на которых может стоять чат; всё остальное уже настроено разумно.',
    },
    {
      en: 'Save, copy the line of code and paste it before </body> of every page.',
      ru: 'Сохраните, скопируйте строку кода и вставьте её перед </body> на всех страницах.',
    },
    {
      en: 'Open your site and write a word: it appears in Waiting at once.',
      ru: 'Откройте свой сайт и напишите слово: оно сразу появится в «Ждут ответа».',
    },
    {
      en: 'If clients sign in on your site, let its server sign who they are (see the guide): the chat then knows them on every device.',
      ru: 'Если клиенты входят на сайте в кабинет, пусть его сервер подписывает, кто они (см. руководство): тогда чат узнаёт их на любом устройстве.',
    },
  ],
  icon: '<path d="M4 5h16v11H9l-5 4z"/><path d="M8 9h8M8 12.5h5"/>',
  limits: { textLength: maxTextLength, attachmentBytes: maxAnswerFileBytes },
  isRepeatable: true,
  reaches: ['visitor'],
}
