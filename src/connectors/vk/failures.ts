import type { ConnectorError, ConnectorErrorCode } from '../../core/connector/errors.ts'
import type { Localised } from '../../core/connector/manifest.ts'
import { wordedError } from '../../core/connector/worded-error.ts'

type Meaning = [codes: number[], code: ConnectorErrorCode, words: Localised, retryAfterMs?: number]

const minuteMs = 60_000

// https://dev.vk.com/en/reference/errors; what each means for us is our judgement.
const meanings: Meaning[] = [
  [[1, 10, 36, 603], 'temporary', { en: 'VK has trouble of its own', ru: 'Неполадки на стороне ВКонтакте' }],
  [[6], 'rate_limited', { en: 'VK asks to send more slowly', ru: 'ВКонтакте просит отправлять медленнее' }, 1000],
  [[9], 'rate_limited', { en: 'VK sees too many alike messages', ru: 'ВКонтакте видит слишком много одинаковых сообщений' }, 5 * minuteMs],
  [[29], 'rate_limited', { en: 'The daily quota of VK is used up', ru: 'Суточная квота ВКонтакте исчерпана' }, 30 * minuteMs],
  [[5, 27, 28], 'auth_failed', { en: 'VK does not accept the access key', ru: 'ВКонтакте не принимает ключ доступа' }],
  [
    [7, 15, 20],
    'auth_failed',
    {
      en: 'The access key lacks a right (messages, management, photos or files)',
      ru: 'Ключу не хватает права (сообщения, управление, фото или файлы)',
    },
  ],
  [[14, 17], 'rejected', { en: 'VK wants a person to confirm this (captcha)', ru: 'ВКонтакте просит подтверждение человеком (капча)' }],
  [[113, 936], 'invalid_recipient', { en: 'VK knows no such user', ru: 'ВКонтакте не знает такого пользователя' }],
  [[900], 'blocked', { en: 'The client is on the black list of the community', ru: 'Клиент в чёрном списке сообщества' }],
  [[901], 'blocked', { en: 'The client has not allowed messages from the community', ru: 'Клиент не разрешил сообщения от сообщества' }],
  [[902], 'blocked', { en: 'Privacy settings of the client forbid messages', ru: 'Настройки приватности клиента запрещают сообщения' }],
  [[950], 'window_closed', { en: 'The time to answer the client is over', ru: 'Время для ответа клиенту истекло' }],
  [[910, 914], 'rejected', { en: 'The message is too long for VK', ru: 'Сообщение слишком длинное для ВКонтакте' }],
  [[917, 932, 945, 946, 1012], 'blocked', { en: 'Writing to this chat is switched off', ru: 'Писать в этот чат запрещено' }],
]

/** What an `error` of the API means for core. Codes that are not listed are refusals in VK's own words. */
export function explainRefusal(code: number, message: string): ConnectorError {
  const meaning = meanings.find(([codes]) => codes.includes(code))
  if (!meaning) return wordedError('rejected', { en: `VK refused: ${message} (${code})`, ru: `ВКонтакте: отказ — ${message} (${code})` })
  const [, kind, { en, ru }, retryAfterMs] = meaning
  return wordedError(kind, { en: `${en} (${code})`, ru: `${ru} (${code})` }, retryAfterMs)
}
