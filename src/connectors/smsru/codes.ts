import type { ConnectorErrorCode } from '../../core/connector/errors.ts'
import type { Localised } from '../../core/connector/manifest.ts'

/** Codes that never improve by waiting, and what they say to people (sms.ru/api/status). */
const words: Record<number, [en: string, ru: string]> = {
  104: ['It could not be delivered in time', 'Не удалось доставить вовремя'],
  105: ['The operator deleted it', 'Оператор удалил сообщение'],
  106: ['The phone failed', 'Сбой в телефоне'],
  107: ['Not delivered, and nobody knows why', 'Не доставлено, причина неизвестна'],
  108: ['Rejected', 'Отклонено'],
  150: ['There is no route to this number', 'На этот номер нет маршрута'],
  200: ['SMS.ru does not know this api_id', 'SMS.ru не знает этого api_id'],
  201: ['There is no money left on the account of SMS.ru', 'На счёте SMS.ru закончились деньги'],
  202: ['SMS.ru does not accept this number', 'SMS.ru не принимает этот номер'],
  203: ['There is no text', 'Нет текста'],
  204: ['SMS.ru has not approved this sender for the account', 'SMS.ru не согласовал этого отправителя для аккаунта'],
  205: ['The text is too long', 'Текст слишком длинный'],
  206: ['The daily limit of the account of SMS.ru is reached', 'Дневной лимит аккаунта SMS.ru исчерпан'],
  207: ['There is no route to this number', 'На этот номер нет маршрута'],
  209: ['The number is on the stop list of SMS.ru', 'Номер в стоп-листе SMS.ru'],
  212: ['SMS.ru could not read the text', 'SMS.ru не смог прочитать текст'],
  220: ['SMS.ru is not available now', 'SMS.ru сейчас недоступен'],
  230: ['The daily limit of SMS to this number is reached', 'Дневной лимит SMS на этот номер исчерпан'],
  231: ['The same text went to this number within the last minute', 'Тот же текст ушёл на этот номер меньше минуты назад'],
  232: ['The daily limit of this text to this number is reached', 'Дневной лимит этого текста на этот номер исчерпан'],
  233: ['SMS.ru takes so many SMS to this number for fraud', 'SMS.ru считает столько SMS на этот номер мошенничеством'],
  300: ['SMS.ru does not accept this api_id', 'SMS.ru не принимает этот api_id'],
  301: ['SMS.ru does not accept this api_id', 'SMS.ru не принимает этот api_id'],
  302: ['The account of SMS.ru is not confirmed yet', 'Аккаунт SMS.ru ещё не подтверждён'],
}

const classes: [ConnectorErrorCode, number[]][] = [
  // Nobody but a person in the cabinet can help: the channel asks for it, and what was to be sent waits.
  ['auth_failed', [200, 201, 300, 301, 302]],
  ['rate_limited', [206]],
  ['temporary', [220, 231, 500, 507]],
  ['invalid_recipient', [150, 202, 207]],
  ['blocked', [209]],
]

export function meaningOf(code: number): { code: ConnectorErrorCode; words: Localised; retryAfterMs?: number } {
  const found = classes.find(([, codes]) => codes.includes(code))?.[0] ?? 'rejected'
  return { code: found, words: wordsOf(code), ...(found === 'rate_limited' && { retryAfterMs: 3_600_000 }) }
}

export function wordsOf(code: number): Localised {
  const [en = `SMS.ru refused with code ${code}`, ru = `SMS.ru отказал с кодом ${code}`] = words[code] ?? []
  return { en, ru }
}
