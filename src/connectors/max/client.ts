import { z } from 'zod'
import { ConnectorError, type ConnectorErrorCode } from '../../core/connector/errors.ts'
import { parseExactJson } from '../../core/connector/exact-json.ts'
import type { Hub } from '../../core/connector/hub.ts'
import type { Localised } from '../../core/connector/manifest.ts'
import { brokenCall, retryAfterOf, wordedError } from '../../core/connector/worded-error.ts'
import type { Settings } from './settings.ts'

export interface Asking {
  method: 'GET' | 'POST' | 'DELETE'
  path: string
  query?: Record<string, string>
  body?: object
  /** The call must not happen twice: an unclear end is `outcome_unknown`. */
  mayHaveActed?: boolean
  signal?: AbortSignal
  timeoutMs?: number
}

export type Call = <Result>(asking: Asking, result: z.ZodType<Result>) => Promise<Result>

/** A file just uploaded is not ready to be sent: nothing went out, a moment later it will be. */
export class NotReady extends ConnectorError {}

const failure = z.object({ code: z.string().default(''), message: z.string().default('') })

/** One function that calls the Bot API of MAX, the token in its header. Throws only ConnectorError, whose words never hold it. */
export function createClient(of: Pick<Settings, 'token' | 'apiRoot'>, hub: Pick<Hub, 'fetch'>): Call {
  return async (asking, result) => {
    const { method, path, query = {}, body, mayHaveActed = false, signal, timeoutMs = 30_000 } = asking
    const url = `${of.apiRoot.replace(/\/$/, '')}${path}?${new URLSearchParams(query)}`
    const headers = { authorization: of.token, ...(body && { 'content-type': 'application/json' }) }
    const init = { method, headers, timeoutMs, ...(body && { body: JSON.stringify(body) }), ...(signal && { signal }) }
    const broken = (cause: unknown) => {
      throw brokenCall('MAX', cause, mayHaveActed)
    }
    const response = await hub.fetch(url, init).catch(broken)
    const answer = readJson(await response.text().catch(broken))
    if (!response.ok) throw explain(response, answer, mayHaveActed)
    const known = result.safeParse(answer)
    if (known.success) return known.data
    throw wordedError(mayHaveActed ? 'outcome_unknown' : 'temporary', {
      en: `MAX answered ${path} with something unknown`,
      ru: `MAX ответил на ${path} чем-то неизвестным`,
    })
  }
}

function readJson(text: string): unknown {
  try {
    return parseExactJson(text)
  } catch {
    return undefined
  }
}

const meanings: Record<number, [code: ConnectorErrorCode, words: Localised]> = {
  401: ['auth_failed', { en: 'MAX does not accept the token of the bot', ru: 'MAX не принимает токен бота' }],
  403: ['blocked', { en: 'The client has stopped the bot or forbids its messages', ru: 'Клиент остановил бота или запретил его сообщения' }],
  404: ['invalid_recipient', { en: 'MAX knows no such dialog with this bot', ru: 'MAX не знает такого диалога с этим ботом' }],
}

function explain(response: Response, answer: unknown, mayHaveActed: boolean): ConnectorError {
  const { code, message } = failure.safeParse(answer).data ?? { code: '', message: '' }
  const { status } = response
  if (code === 'attachment.not.ready') return new NotReady('temporary', 'MAX is still working on the file')
  if (status === 429) {
    return wordedError('rate_limited', { en: 'MAX asks to send more slowly', ru: 'MAX просит отправлять медленнее' }, retryAfterOf(response) ?? 1000)
  }
  const known = meanings[status]
  if (known) return wordedError(...known)
  if (status === 503) return wordedError('temporary', { en: 'MAX is not available', ru: 'MAX недоступен' })
  if (status >= 500)
    return wordedError(mayHaveActed ? 'outcome_unknown' : 'temporary', { en: `MAX failed with ${status}`, ru: `Сбой MAX: ${status}` })
  const words = message || code || String(status)
  return wordedError('rejected', { en: `MAX refused: ${words}`, ru: `MAX: отказ — ${words}` })
}
