import type { Manifest } from '../../core/connector/manifest.ts'

export const manifest: Manifest = {
  id: 'email',
  title: { en: 'E-mail', ru: 'Электронная почта' },
  summary: {
    en: 'Any mailbox by IMAP or POP3, or letters sent straight to the built-in mail door; answers by SMTP.',
    ru: 'Любой ящик по IMAP или POP3 либо письма прямо на встроенный почтовый приём; ответы по SMTP.',
  },
  media: ['email'],
  transport: ['session', 'door'],
  proof: ['session'],
  abilities: ['dedupeKey', 'open', 'openDoor', 'render', 'send', 'consentUrl', 'acceptConsent', 'suggestSettings'],
  steps: [
    {
      en: 'Type the address of the mailbox. For known providers the servers are filled in.',
      ru: 'Введите адрес ящика. Для известных провайдеров серверы подставятся сами.',
    },
    {
      en: 'At Yandex, Mail.ru, Gmail, Yahoo and iCloud make an app password and type it: the ordinary one is refused. At Yandex allow mail programs in the settings of Mail first.',
      ru: 'В Яндексе, Mail.ru, Gmail, Yahoo и iCloud создайте пароль приложения и введите его: обычный не подойдёт. В Яндексе сначала разрешите почтовые программы в настройках Почты.',
    },
    {
      en: 'Microsoft takes no passwords: type client id and secret of your own application, add the channel and sign in. Google and Yandex can do that too.',
      ru: 'Microsoft не принимает пароли: введите client id и secret своего приложения, создайте канал и войдите. Так же можно в Google и Яндексе.',
    },
    {
      en: 'To fetch old letters choose a date. Flags in the mailbox stay as they are.',
      ru: 'Чтобы загрузить прежние письма, выберите дату. Отметки в ящике не меняются.',
    },
    {
      en: 'Without a mailbox: leave the password empty, switch on SMTP_IN_PORT and forward letters to the address.',
      ru: 'Без ящика: оставьте пароль пустым, включите SMTP_IN_PORT и пересылайте письма на адрес.',
    },
  ],
  icon: '<rect x="3" y="5" width="18" height="14" rx="2"/><path d="m3 7 9 6 9-6"/>',
  limits: { attachmentBytes: 18_000_000 },
  reaches: ['email'],
}
