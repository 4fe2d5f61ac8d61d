import type { Localised } from '../../../core/connector/manifest.ts'
import type { ProviderId } from './presets.ts'

const say = (en: string, ru: string): Localised => ({ en, ru })

export const providerNames: Record<ProviderId, Localised> = {
  yandex: say('Yandex', 'Яндекс'),
  mailru: say('Mail.ru', 'Mail.ru'),
  gmail: say('Google', 'Google'),
  m365: say('Microsoft 365', 'Microsoft 365'),
  outlook: say('Outlook.com', 'Outlook.com'),
  icloud: say('iCloud', 'iCloud'),
  yahoo: say('Yahoo', 'Yahoo'),
  rambler: say('Rambler', 'Рамблер'),
  zoho: say('Zoho', 'Zoho'),
  fastmail: say('Fastmail', 'Fastmail'),
}

const appPassword = (where: string) =>
  say(
    `Make an app password (${where}) and type it below: the ordinary one is refused.`,
    `Создайте пароль приложения (${where}) и введите его ниже: обычный не подойдёт.`,
  )

const ownApplication = (where: string, rights: string) =>
  say(
    `To sign in without a password: register an application of your own at ${where}, allow it ${rights}, enter the return address shown below there, and type its id and secret.`,
    `Чтобы войти без пароля: зарегистрируйте своё приложение в ${where}, разрешите ему ${rights}, впишите там адрес возврата, показанный ниже, и введите его id и secret.`,
  )

/** What a person does at the provider before the mailbox opens, in order. Menus as in November 2026. */
export const providerSteps: Record<ProviderId, Localised[]> = {
  yandex: [
    say(
      'In Yandex Mail → All settings → Mail programs allow "from imap.yandex.ru by IMAP" and "app passwords and OAuth tokens".',
      'В Яндекс Почте → Все настройки → Почтовые программы разрешите «С сервера imap.yandex.ru по протоколу IMAP» и «Пароли приложений и OAuth-токены».',
    ),
    appPassword('id.yandex.ru → Безопасность → Пароли приложений → Почта'),
  ],
  mailru: [appPassword('account.mail.ru/user/2-step-auth/passwords')],
  gmail: [
    appPassword('myaccount.google.com/apppasswords'),
    ownApplication('console.cloud.google.com (OAuth client, Web application, user type Internal)', 'https://mail.google.com/'),
  ],
  m365: [
    say('Microsoft takes no passwords here: sign in by consent.', 'Microsoft не принимает пароли: войдите через Microsoft.'),
    ownApplication('entra.microsoft.com (App registrations, Web)', 'IMAP.AccessAsUser.All, POP.AccessAsUser.All, SMTP.Send, offline_access'),
    say('An administrator allows SMTP AUTH for this mailbox.', 'Администратор разрешает SMTP AUTH для этого ящика.'),
  ],
  outlook: [
    say('Microsoft takes no passwords here: sign in by consent.', 'Microsoft не принимает пароли: войдите через Microsoft.'),
    ownApplication(
      'entra.microsoft.com (App registrations, personal accounts)',
      'IMAP.AccessAsUser.All, POP.AccessAsUser.All, SMTP.Send, offline_access',
    ),
  ],
  icloud: [appPassword('account.apple.com')],
  yahoo: [appPassword('login.yahoo.com/account/security')],
  rambler: [
    say(
      'In mail.rambler.ru → Settings → Programs allow mail clients, then type the ordinary password.',
      'В mail.rambler.ru → Настройки → Программы разрешите доступ почтовых клиентов, затем введите обычный пароль.',
    ),
  ],
  zoho: [
    say('In Zoho → Settings → Mail Accounts switch IMAP on.', 'В Zoho → Settings → Mail Accounts включите IMAP.'),
    appPassword('accounts.zoho.com'),
  ],
  fastmail: [appPassword('app.fastmail.com/settings/security')],
}
