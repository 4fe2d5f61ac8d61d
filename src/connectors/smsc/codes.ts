import type { ConnectorErrorCode } from '../../core/connector/errors.ts'
import type { Receipt } from '../../core/connector/event.ts'
import type { Localised } from '../../core/connector/manifest.ts'

interface Meaning {
  code: ConnectorErrorCode
  words: Localised
  retryAfterMs?: number
}

/** Codes of `send.php` (smsc.ru/api, "Error codes"). The other scripts have 1, 2, 4 and 9 in common with it. */
const meanings: Record<number, Meaning> = {
  1: { code: 'rejected', words: { en: 'SMSC misses something in the request', ru: 'SMSC не хватает чего-то в запросе' } },
  2: { code: 'auth_failed', words: { en: 'SMSC does not know this login and password', ru: 'SMSC не принимает логин и пароль' } },
  // Nobody but a person in the cabinet can help: the channel asks for it, and what was to be sent waits.
  3: { code: 'auth_failed', words: { en: 'There is no money left on the account of SMSC', ru: 'На счёте SMSC закончились деньги' } },
  4: {
    code: 'rate_limited',
    words: {
      en: 'SMSC has blocked our address for a while, after too many errors',
      ru: 'SMSC на время заблокировал наш адрес: слишком много ошибок',
    },
    retryAfterMs: 900_000,
  },
  5: { code: 'rejected', words: { en: 'SMSC could not read the date', ru: 'SMSC не понял дату' } },
  6: { code: 'rejected', words: { en: 'SMSC forbids this text or this sender', ru: 'SMSC запрещает такой текст или такого отправителя' } },
  7: { code: 'invalid_recipient', words: { en: 'SMSC does not accept this number', ru: 'SMSC не принимает этот номер' } },
  8: { code: 'invalid_recipient', words: { en: 'SMSC cannot deliver to this number', ru: 'SMSC не может доставить на этот номер' } },
  9: {
    code: 'rate_limited',
    words: { en: 'SMSC takes it for too many equal requests', ru: 'SMSC считает, что одинаковых запросов слишком много' },
    retryAfterMs: 60_000,
  },
}

/** Its text tells a stop list from other refusals: there is no code of its own for it. */
const stopList = /stop[\s-]?list|black[\s-]?list|стоп[\s-]?лист|ч[её]рн/i
const onStopList = { en: 'The number is on the stop list of SMSC', ru: 'Номер в стоп-листе SMSC' }

export function meaningOf(code: number, text: string): Meaning {
  if (stopList.test(text)) return { code: 'blocked', words: onStopList }
  return meanings[code] ?? { code: 'rejected', words: { en: `SMSC refused with code ${code}`, ru: `SMSC отказал с кодом ${code}` } }
}

const failures: Record<number, Localised> = {
  3: { en: 'It could not be delivered in time', ru: 'Не удалось доставить вовремя' },
  20: { en: 'It cannot be delivered', ru: 'Доставить невозможно' },
  22: { en: 'The number is wrong', ru: 'Номер неверный' },
  23: { en: 'It is forbidden to this number', ru: 'На этот номер запрещено' },
  24: { en: 'There was no money left on the account of SMSC', ru: 'На счёте SMSC закончились деньги' },
  25: { en: 'The number cannot be reached', ru: 'Номер недоступен' },
}

/** Codes of `err` in a status that mean that the number asked not to be written to, or that we forbade it ourselves. */
const forbidden = new Set([250, 252])

/** A status as a receipt (smsc.ru/api, "Statuses"): −1 waits, 0 is with the operator, 4 is a link that was opened. */
export function receiptOf(status: number, err: number | undefined): Pick<Receipt, 'status' | 'error' | 'words'> | undefined {
  if (status === -1 || status === 0) return { status: 'sent' }
  if (status === 1) return { status: 'delivered' }
  if (status === 2 || status === 4) return { status: 'read' }
  const known = failures[status]
  if (known === undefined) return undefined
  const words = err !== undefined && forbidden.has(err) ? onStopList : withCode(known, err)
  return { status: 'failed', error: words.en, words }
}

function withCode({ en, ru }: Localised, err: number | undefined): Localised {
  return err ? { en: `${en} (SMSC error ${err})`, ru: `${ru} (ошибка SMSC ${err})` } : { en, ru }
}
