import { z } from 'zod'
import type { ConnectorError, ConnectorErrorCode } from '../../core/connector/errors.ts'
import { parseExactJson } from '../../core/connector/exact-json.ts'
import type { Hub } from '../../core/connector/hub.ts'
import type { Localised } from '../../core/connector/manifest.ts'
import { brokenCall, retryAfterOf, wordedError } from '../../core/connector/worded-error.ts'
import type { Settings } from './settings.ts'

const outcome = z.looseObject({ status: z.number(), status_message: z.string().default('') })

/**
 * One POST to the API; 64-bit tokens stay exact. Throws only ConnectorError, whose words never hold the key. `mayHaveActed`: a lost answer is
 * `outcome_unknown`, for Viber knows no idempotency key.
 */
export async function callViber<Result>(
  of: Pick<Settings, 'token' | 'apiRoot'>,
  hub: Pick<Hub, 'fetch'>,
  asking: { path: string; body: object; mayHaveActed?: boolean },
  result: z.ZodType<Result>,
): Promise<Result> {
  const { path, body, mayHaveActed = false } = asking
  const broken = (failure: unknown) => {
    throw brokenCall('Viber', failure, mayHaveActed)
  }
  const headers = { 'x-viber-auth-token': of.token, 'content-type': 'application/json' }
  const response = await hub.fetch(`${of.apiRoot.replace(/\/$/, '')}${path}`, { method: 'POST', headers, body: JSON.stringify(body) }).catch(broken)
  const text = await response.text().catch(broken)
  if (response.status === 429) throw tooMany(retryAfterOf(response))
  const unclear = (en: string, ru: string) => wordedError(mayHaveActed ? 'outcome_unknown' : 'temporary', { en, ru })
  if (!response.ok)
    throw response.status >= 500
      ? unclear(`Viber failed with ${response.status}`, `Сбой Viber: ${response.status}`)
      : refused(String(response.status))
  const answer = readJson(text)
  const said = outcome.safeParse(answer).data
  if (!said) throw unclear('Viber answered something unreadable', 'Ответ Viber не читается')
  if (said.status !== 0) throw explain(said.status, said.status_message)
  const known = result.safeParse(answer)
  if (!known.success) throw unclear(`Viber answered ${path} with something unknown`, `Viber ответил на ${path} чем-то неизвестным`)
  return known.data
}

function readJson(text: string): unknown {
  try {
    return parseExactJson(text)
  } catch {
    return undefined
  }
}

// https://developers.viber.com/docs/api/rest-bot-api/#error-codes
const meanings: [codes: number[], code: ConnectorErrorCode, words: Localised][] = [
  [[1], 'rejected', { en: 'Viber does not accept the address of this hub', ru: 'Viber не принимает адрес хаба' }],
  [[2], 'auth_failed', { en: 'Viber does not accept the app key of the bot', ru: 'Viber не принимает ключ бота' }],
  [[5], 'invalid_recipient', { en: 'The client is no longer in Viber', ru: 'Клиента больше нет в Viber' }],
  [[6], 'blocked', { en: 'The client is not subscribed to the bot', ru: 'Клиент не подписан на бота' }],
  [[7, 8, 9, 15], 'auth_failed', { en: 'Viber has blocked or suspended the bot', ru: 'Viber заблокировал или приостановил бота' }],
  [[10], 'auth_failed', { en: 'The webhook of the bot is not set: set it up', ru: 'Вебхук бота не настроен: настройте его' }],
  [[11, 13, 14], 'rejected', { en: 'The client’s device cannot show this', ru: 'Устройство клиента не может это показать' }],
]

function explain(status: number, message: string): ConnectorError {
  if (status === 12) return tooMany()
  const meaning = meanings.find(([codes]) => codes.includes(status))
  if (!meaning) return refused(`${message} (${status})`)
  const [, code, { en, ru }] = meaning
  return wordedError(code, { en: `${en} (${status})`, ru: `${ru} (${status})` })
}

function refused(words: string): ConnectorError {
  return wordedError('rejected', { en: `Viber refused: ${words}`, ru: `Viber: отказ — ${words}` })
}

function tooMany(retryAfterMs = 10_000): ConnectorError {
  return wordedError('rate_limited', { en: 'Viber asks to send more slowly', ru: 'Viber просит отправлять медленнее' }, retryAfterMs)
}
