import type { ConnectorErrorCode } from '../../../core/connector/errors.ts'

/** What an error number means: for core, and in words. The delay is for `rate_limited`, when Meta names none. */
export interface Meaning {
  code: ConnectorErrorCode
  en: string
  ru: string
  retryAfterMs?: number
}

const auth = meaning(
  'auth_failed',
  'Meta does not accept the access token: make a new one and paste it here',
  'Meta не принимает токен доступа: создайте новый и вставьте сюда',
)
const busy = meaning('rate_limited', 'Meta asks to wait: too many requests', 'Meta просит подождать: слишком много запросов', 30_000)
const away = meaning('temporary', 'Meta is out of order for the moment', 'Meta временно не работает')
const unclear = meaning(
  'outcome_unknown',
  'Meta failed and does not say whether it was sent',
  'У Meta произошла ошибка, ушло ли сообщение, неизвестно',
)
const parameter = meaning('rejected', 'Meta does not accept the message', 'Meta не принимает сообщение')
const locked = meaning('rejected', 'Meta has locked the account for a breach of its rules', 'Meta заблокировала аккаунт за нарушение правил')
const account = meaning(
  'rejected',
  'The account at Meta is not ready to send: look at its registration, name and payment',
  'Аккаунт в Meta не готов к отправке: проверьте регистрацию, имя и оплату',
)
const template = meaning(
  'rejected',
  'WhatsApp does not accept the template: its name, language or number of values',
  'WhatsApp не принимает шаблон: проверьте имя, язык и число значений',
)
const window24 = meaning('window_closed', 'The client last wrote more than 24 hours ago', 'Клиент писал больше 24 часов назад')
const gone = meaning(
  'blocked',
  'The client cannot be written to: he blocked us, or his account is gone',
  'Клиенту нельзя написать: он нас заблокировал или удалил аккаунт',
)

/**
 * Numbers of the Graph API, of WhatsApp and of Messenger, which do not overlap:
 * https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes and
 * https://developers.facebook.com/docs/messenger-platform/error-codes. What each means for us is our own judgement.
 */
const byCode: Record<number, Meaning> = {
  0: auth,
  190: auth,
  1: unclear,
  131000: unclear,
  2: away,
  1200: away,
  131016: away,
  133004: away,
  4: busy,
  17: busy,
  32: busy,
  613: busy,
  80006: busy,
  80007: busy,
  130429: busy,
  131056: meaning(
    'rate_limited',
    'Too many messages to this client within a short time',
    'Слишком много сообщений этому клиенту за короткое время',
    6_000,
  ),
  131048: meaning(
    'rejected',
    'WhatsApp limits this number, for clients complained of spam',
    'WhatsApp ограничил этот номер: клиенты жаловались на спам',
  ),
  100: parameter,
  2200: meaning(
    'rejected',
    'Meta asked the address of this hub and did not get the answer it wanted: the hub must be reachable by HTTPS, and the verify token the same',
    'Meta обратилась по адресу хаба и не получила нужного ответа: хаб должен быть доступен по HTTPS, а Verify token совпадать',
  ),
  131008: parameter,
  131009: parameter,
  131051: meaning('unsupported', 'WhatsApp does not carry this kind of message', 'WhatsApp не передаёт такие сообщения'),
  131053: meaning('rejected', 'WhatsApp does not accept the file', 'WhatsApp не принимает файл'),
  131052: meaning('temporary', 'WhatsApp could not give the file', 'WhatsApp не смог отдать файл'),
  131021: meaning('invalid_recipient', 'This is our own number', 'Это наш собственный номер'),
  131026: meaning(
    'invalid_recipient',
    'WhatsApp cannot deliver to this client: no WhatsApp, an old version, or its terms not accepted',
    'WhatsApp не может доставить этому клиенту: нет WhatsApp, старая версия или не приняты условия',
  ),
  131047: meaning(
    'window_closed',
    'The client last wrote more than 24 hours ago: WhatsApp lets nothing but a template through',
    'Клиент писал больше 24 часов назад: WhatsApp пропустит только шаблон',
  ),
  131049: meaning(
    'rejected',
    'WhatsApp chose not to deliver this marketing message; not before tomorrow again',
    'WhatsApp решил не доставлять это рекламное сообщение; повторить можно не раньше чем завтра',
  ),
  130472: meaning('rejected', 'WhatsApp does not deliver marketing to this client', 'WhatsApp не доставляет рекламу этому клиенту'),
  131050: meaning('blocked', 'The client has opted out of marketing messages', 'Клиент отказался от рекламных сообщений'),
  131031: locked,
  368: locked,
  130497: meaning('rejected', 'Meta does not let this account write to this country', 'Meta не разрешает этому аккаунту писать в эту страну'),
  131037: account,
  131042: account,
  131045: account,
  133010: account,
  132000: template,
  132001: template,
  132005: template,
  132007: template,
  132012: template,
  132015: template,
  132016: template,
  138006: meaning('rejected', 'The client has not allowed calls', 'Клиент не разрешил звонки'),
  551: gone,
  1545041: gone,
  2018108: meaning(
    'rejected',
    'The app is in development mode: only people with a role in it can be written to',
    'Приложение в режиме разработки: писать можно только тем, у кого в нём есть роль',
  ),
}

const bySubcode: Record<number, Meaning> = {
  2018278: window24,
  2534022: window24,
  2018001: meaning('invalid_recipient', 'Meta knows no such person with this page', 'Meta не знает такого человека у этой страницы'),
  1545041: gone,
  2018108: byCode[2018108] ?? parameter,
}

const permission = meaning('rejected', 'The access token lacks a permission', 'У токена доступа нет нужного разрешения')

/** Meaning of a number and its subcode; undefined for one that is not known. */
export function meaningOf(code: number, subcode?: number): Meaning | undefined {
  const known = bySubcode[subcode ?? -1] ?? byCode[code]
  if (known) return known
  return code === 3 || code === 10 || (code >= 200 && code <= 299) ? permission : undefined
}

function meaning(code: ConnectorErrorCode, en: string, ru: string, retryAfterMs?: number): Meaning {
  return { code, en, ru, ...(retryAfterMs !== undefined && { retryAfterMs }) }
}
