import type { ConnectorErrorCode } from '../../../core/connector/errors.ts'
import type { Localised } from '../../../core/connector/manifest.ts'

export interface KnownFailure {
  pattern: RegExp
  code: ConnectorErrorCode
  words: Localised
  /** Pause that the vendor is known to want. */
  retryAfterMs?: number
}

const hour = 3_600_000
const minute = 60_000

const words = (en: string, ru: string): Localised => ({ en, ru })

/**
 * What mail servers answer, and what it means for a person. Order matters: first limits and passing faults, then "switched off", then passwords.
 * Texts as seen at the vendors between 2018 and 2026.
 */
export const knownFailures: KnownFailure[] = [
  {
    pattern: /Ratelimit exceeded for mailbox/i,
    code: 'rate_limited',
    retryAfterMs: hour,
    words: words('Mail.ru limits this mailbox for now.', 'Mail.ru временно ограничил этот ящик.'),
  },
  {
    pattern: /Daily user sending limit exceeded|sending quota|5\.4\.5/i,
    code: 'rate_limited',
    retryAfterMs: 24 * hour,
    words: words('The daily sending limit of this mailbox is used up.', 'Дневной лимит отправки этого ящика исчерпан.'),
  },
  {
    pattern: /Too many login attempts|too many bad auth attempts/i,
    code: 'rate_limited',
    retryAfterMs: 30 * minute,
    words: words('Too many sign-ins; the server asks to wait.', 'Слишком много попыток входа, сервер просит подождать.'),
  },
  {
    pattern: /Request is throttled|\[LIMIT\]|Too many simultaneous connections|Maximum number of connections/i,
    code: 'rate_limited',
    retryAfterMs: 2 * minute,
    words: words('Too many connections to this mailbox at once.', 'Слишком много одновременных подключений к ящику.'),
  },
  {
    pattern: /authenticated but not connected/i,
    code: 'temporary',
    words: words(
      'Microsoft let us in, but the mailbox is not available: check its licence and that IMAP is allowed.',
      'Microsoft принял вход, но ящик недоступен: проверьте лицензию и разрешён ли IMAP.',
    ),
  },
  {
    pattern: /\[UNAVAILABLE\]|\[INUSE\]|\[IN-USE\]|\[SYS\/TEMP\]|\[LOGIN-DELAY\]/i,
    code: 'temporary',
    words: words('The mailbox is busy.', 'Ящик занят.'),
  },
  {
    pattern: /looks like spam\. You need to use web/i,
    code: 'auth_failed',
    words: words(
      'Yandex suspects spam: open the mailbox on its site and confirm.',
      'Яндекс подозревает спам: зайдите в почту через сайт и подтвердите.',
    ),
  },
  {
    pattern: /SmtpClientAuthentication is disabled/i,
    code: 'auth_failed',
    words: words('An administrator has to allow SMTP AUTH for this mailbox.', 'Администратор должен разрешить SMTP AUTH для этого ящика.'),
  },
  {
    pattern: /basic authentication is disabled|LOGIN failed\.|AUTHENTICATE failed\./i,
    code: 'auth_failed',
    words: words(
      'Microsoft takes no passwords any more: connect by signing in with Microsoft.',
      'Microsoft не принимает пароли: подключите вход через Microsoft.',
    ),
  },
  {
    pattern: /security defaults policy|did not meet the criteria/i,
    code: 'auth_failed',
    words: words(
      'A policy of your Microsoft organisation forbids this sign-in; ask the administrator.',
      'Политика вашей организации Microsoft запрещает этот вход; обратитесь к администратору.',
    ),
  },
  {
    pattern: /NEOBHODIM parol prilozheniya|Application password is REQUIRED/i,
    code: 'auth_failed',
    words: words(
      'Mail.ru wants a password for external applications: account.mail.ru/user/2-step-auth/passwords',
      'Нужен пароль для внешнего приложения Mail.ru: account.mail.ru/user/2-step-auth/passwords',
    ),
  },
  {
    pattern: /Application-specific password required/i,
    code: 'auth_failed',
    words: words(
      'Google wants an app password: myaccount.google.com/apppasswords',
      'Нужен пароль приложения Google: myaccount.google.com/apppasswords',
    ),
  },
  {
    pattern: /log in (?:via|with) your web browser|5\.7\.14\b/i,
    code: 'auth_failed',
    words: words('Sign in to the account in a browser and confirm.', 'Войдите в аккаунт в браузере и подтвердите вход.'),
  },
  {
    pattern: /not enabled for IMAP|IMAP access is disabled|yet to enable IMAP/i,
    code: 'auth_failed',
    words: words('IMAP is switched off for this mailbox.', 'Для этого ящика IMAP выключен.'),
  },
  {
    pattern: /invalid credentials or IMAP is disabled|does not have access rights to this service/i,
    code: 'auth_failed',
    words: words(
      'Yandex refused: switch IMAP on in the settings of Mail and make an app password of the kind "Mail". The ordinary password does not fit.',
      'Яндекс не пустил: включите IMAP в настройках Почты и создайте пароль приложения «Почта». Обычный пароль не подходит.',
    ),
  },
  {
    pattern: /authentication failed: Invalid format/i,
    code: 'auth_failed',
    words: words('Write the full address as the user name.', 'Укажите полный адрес в качестве имени пользователя.'),
  },
  {
    pattern: /not owned by auth user|not local sender over smtp|Sender address rejected/i,
    code: 'rejected',
    words: words('The sender address has to be that of the mailbox.', 'Адрес отправителя должен совпадать с ящиком.'),
  },
  {
    pattern: /without SSL\/TLS encryption is not allowed|must issue a STARTTLS|\[PRIVACYREQUIRED\]/i,
    code: 'auth_failed',
    words: words('The server demands encryption: choose TLS or STARTTLS.', 'Сервер требует шифрования: выберите TLS или STARTTLS.'),
  },
  {
    pattern: /\[EXPIRED\]|password (?:has )?expired/i,
    code: 'auth_failed',
    words: words('The password has expired.', 'Срок действия пароля истёк.'),
  },
  {
    pattern: /\[CONTACTADMIN\]|account (?:is )?(?:suspended|disabled|locked)/i,
    code: 'auth_failed',
    words: words('The account is blocked; ask its provider.', 'Учётная запись заблокирована; обратитесь к провайдеру.'),
  },
  {
    pattern: /invalid_grant|invalid_client|OAUTH/i,
    code: 'auth_failed',
    words: words('The sign-in has run out or was revoked: connect the mailbox anew.', 'Вход истёк или отозван: подключите ящик заново.'),
  },
  {
    pattern:
      /AUTHENTICATIONFAILED|AUTHORIZATIONFAILED|\[AUTH\]|authentication fail|Incorrect authentication|Invalid (?:credentials|login)|not accepted|\b535\b|credentials were incorrect|Unrecognized authentication type/i,
    code: 'auth_failed',
    words: words(
      'Wrong user name or password. Most providers want an app password.',
      'Неверное имя или пароль. Большинству провайдеров нужен пароль приложения.',
    ),
  },
]

/** First entry of the table that fits the words of a server. */
export function recogniseFailure(text: string): KnownFailure | undefined {
  return knownFailures.find((failure) => failure.pattern.test(text))
}
