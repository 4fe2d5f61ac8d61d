import { z } from 'zod'
import { ConnectorError, type ConnectorErrorCode } from '../../../core/connector/errors.ts'
import type { Localised } from '../../../core/connector/manifest.ts'
import { brokenCall, wordedError } from '../../../core/connector/worded-error.ts'

const wrongToken: Entry = ['auth_failed', 'Twilio does not accept the account SID and the auth token', 'Twilio не принимает Account SID и Auth Token']
const wrongNumber: Entry = ['invalid_recipient', 'Twilio does not accept the number of the recipient', 'Twilio не принимает номер получателя']
type Entry = [code: ConnectorErrorCode, en: string, ru: string]

/** Twilio's own numbers, https://www.twilio.com/docs/api/errors; of a refused request and of a message that was accepted and failed later. */
const known: Record<number, Entry | undefined> = {
  20003: wrongToken,
  20429: ['rate_limited', 'Twilio asks to wait', 'Twilio просит подождать'],
  63018: ['rate_limited', 'WhatsApp asks to wait', 'WhatsApp просит подождать'],
  21211: wrongNumber,
  21217: wrongNumber,
  21401: wrongNumber,
  21214: ['invalid_recipient', 'Twilio cannot call this number', 'Twilio не может позвонить на этот номер'],
  21614: ['invalid_recipient', 'This number is no mobile phone', 'Это не мобильный номер'],
  30005: ['invalid_recipient', 'The operator does not know this number', 'Оператор не знает этот номер'],
  30006: ['invalid_recipient', 'This number is a landline or cannot get messages', 'Номер городской или не принимает сообщения'],
  63003: ['invalid_recipient', 'This number has no WhatsApp', 'У этого номера нет WhatsApp'],
  21610: ['blocked', 'The client has opted out of messages from this number', 'Клиент отписался от сообщений с этого номера'],
  30004: ['blocked', 'The operator or the client blocks messages from this number', 'Оператор или клиент блокирует сообщения с этого номера'],
  63016: [
    'window_closed',
    'The client last wrote more than 24 hours ago: WhatsApp lets nothing but a template through',
    'Клиент писал больше 24 часов назад: WhatsApp пропускает только шаблон',
  ],
  21408: [
    'rejected',
    'The account may not send to this country: switch it on in Twilio under Geo permissions',
    'Аккаунту нельзя писать в эту страну: включите её в Twilio в Geo permissions',
  ],
  21606: ['rejected', 'The sender number cannot send messages', 'Номер отправителя не может отправлять сообщения'],
  21617: ['rejected', 'The text is longer than 1600 characters', 'Текст длиннее 1600 знаков'],
  30003: ['rejected', 'The phone is switched off or out of reach', 'Телефон выключен или вне сети'],
  30007: ['rejected', 'The operator took the message for spam', 'Оператор счёл сообщение спамом'],
  30034: [
    'rejected',
    'The sender number is not registered for messages to the USA (A2P 10DLC)',
    'Номер отправителя не зарегистрирован для сообщений в США (A2P 10DLC)',
  ],
}

/** Words of a code that came with a failed message; undefined: none came. */
export function wordsOfCode(code: string | null): Localised | undefined {
  if (code === null || code === '') return undefined
  const [, en, ru] = known[Number(code)] ?? [undefined, 'Twilio could not deliver it', 'Twilio не смог доставить сообщение']
  return { en: `${en} (Twilio code ${code})`, ru: `${ru} (код Twilio ${code})` }
}

const refusal = z.object({ status: z.number(), code: z.number().nullish(), message: z.string().nullish() })

/** What the SDK threw, as core understands it. A server's own failure of a request that may have acted leaves open whether it did. */
export function explain(error: unknown, { mayAct = false }: { mayAct?: boolean }): ConnectorError {
  if (error instanceof ConnectorError) return error
  const read = refusal.safeParse(error).data
  if (read === undefined) return brokenCall('Twilio', error, mayAct)
  const { status, code, message } = read
  const entry = known[code ?? 0] ?? (status === 401 || status === 403 ? wrongToken : undefined)
  const number = code ? ` (Twilio ${code})` : ''
  if (entry) {
    const [is, en, ru] = entry
    return wordedError(is, { en: `${en}${number}`, ru: `${ru}${number}` }, is === 'rate_limited' ? 5000 : undefined)
  }
  if (status >= 500)
    return wordedError(mayAct ? 'outcome_unknown' : 'temporary', { en: `Twilio failed with ${status}`, ru: `Сбой у Twilio: ${status}` })
  return wordedError('rejected', { en: `Twilio refused: ${message ?? status}${number}`, ru: `Twilio отказал: ${message ?? status}${number}` })
}
