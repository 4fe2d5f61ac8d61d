import { z } from 'zod'
import type { ConnectorError } from '../../core/connector/errors.ts'
import type { Hub } from '../../core/connector/hub.ts'
import { brokenCall, wordedError } from '../../core/connector/worded-error.ts'
import { meaningOf } from './codes.ts'
import type { Settings } from './settings.ts'

const head = z.object({ status_code: z.coerce.number() })

/**
 * One POST. Gives the JSON of an answer whose own code is 100. `mayAct`: it may have sent something, so that a lost answer is unclear.
 * @throws ConnectorError
 */
export async function askSmsRu(
  hub: Hub,
  settings: Settings,
  path: string,
  fields: Record<string, string>,
  options: { mayAct?: boolean } = {},
): Promise<unknown> {
  const lost = options.mayAct ? 'outcome_unknown' : 'temporary'
  const body = new URLSearchParams({ api_id: settings.apiId, json: '1', ...fields })
  const response = await hub
    .fetch(`${settings.apiRoot.replace(/\/$/, '')}${path}`, { method: 'POST', body, timeoutMs: 20_000 })
    .catch((cause: unknown) => {
      throw brokenCall('SMS.ru', cause, options.mayAct ?? false)
    })
  if (response.status === 429) throw wordedError('rate_limited', { en: 'SMS.ru asks to wait', ru: 'SMS.ru просит подождать' }, 60_000)
  if (response.status >= 500) throw wordedError(lost, { en: `SMS.ru answered ${response.status}`, ru: `SMS.ru ответил ${response.status}` })
  const json: unknown = await response.json().catch(() => undefined)
  const read = head.safeParse(json).data
  if (!read) {
    const words = { en: `SMS.ru answered something unknown (${response.status})`, ru: `SMS.ru ответил непонятно (${response.status})` }
    throw wordedError(response.ok ? lost : 'rejected', words)
  }
  if (read.status_code !== 100) throw explain(read.status_code)
  return json
}

export function explain(status: number): ConnectorError {
  const { code, words, retryAfterMs } = meaningOf(status)
  return wordedError(code, words, retryAfterMs)
}
