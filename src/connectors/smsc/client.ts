import { z } from 'zod'
import type { Hub } from '../../core/connector/hub.ts'
import { brokenCall, wordedError } from '../../core/connector/worded-error.ts'
import { meaningOf } from './codes.ts'
import type { Settings } from './settings.ts'

const failure = z.object({ error_code: z.coerce.number(), error: z.string().optional() })

interface AskOptions {
  /** It may have sent something, so that a lost answer is unclear. */
  mayAct?: boolean
  signal?: AbortSignal
}

/**
 * One POST to a script of SMSC. Gives its JSON; undefined where a script that looks something up found nothing (code 3, which is "no money" for
 * `send.php` alone).
 * @throws ConnectorError
 */
export async function askSmsc(
  hub: Hub,
  settings: Settings,
  script: string,
  fields: Record<string, string>,
  options: AskOptions = {},
): Promise<unknown> {
  const lost = options.mayAct ? 'outcome_unknown' : 'temporary'
  const body = new URLSearchParams({ ...credentials(settings), charset: 'utf-8', fmt: '3', ...fields })
  const init = { method: 'POST', body, timeoutMs: 20_000, ...(options.signal && { signal: options.signal }) }
  const response = await hub.fetch(`${settings.apiRoot.replace(/\/$/, '')}/${script}`, init).catch((cause: unknown) => {
    throw brokenCall('SMSC', cause, options.mayAct ?? false)
  })
  if (response.status === 429) throw wordedError('rate_limited', { en: 'SMSC asks to wait', ru: 'SMSC просит подождать' }, 60_000)
  if (response.status >= 500) throw wordedError(lost, { en: `SMSC answered ${response.status}`, ru: `SMSC ответил ${response.status}` })
  const json: unknown = await response.json().catch(() => undefined)
  if (json === undefined) {
    const words = { en: `SMSC answered something unknown (${response.status})`, ru: `SMSC ответил непонятно (${response.status})` }
    throw wordedError(response.ok ? lost : 'rejected', words)
  }
  const told = failure.safeParse(json).data
  if (!told) return json
  if (told.error_code === 3 && script !== 'send.php') return undefined
  const { code, words, retryAfterMs } = meaningOf(told.error_code, told.error ?? '')
  throw wordedError(code, words, retryAfterMs)
}

function credentials({ apiKey, login, password }: Settings): Record<string, string> {
  return apiKey ? { apikey: apiKey } : { login: login ?? '', psw: password ?? '' }
}
