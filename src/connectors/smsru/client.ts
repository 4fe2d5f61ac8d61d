import { z } from 'zod'
import { ConnectorError } from '../../core/connector/errors.ts'
import type { Hub } from '../../core/connector/hub.ts'
import { brokenCall } from '../../core/connector/worded-error.ts'
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
  if (response.status === 429) throw new ConnectorError('rate_limited', 'SMS.ru asks to wait', { retryAfterMs: 60_000 })
  if (response.status >= 500) throw new ConnectorError(lost, `SMS.ru answered ${response.status}`)
  const json: unknown = await response.json().catch(() => undefined)
  const read = head.safeParse(json).data
  if (!read) throw new ConnectorError(response.ok ? lost : 'rejected', `SMS.ru answered something unknown (${response.status})`)
  if (read.status_code !== 100) throw explain(read.status_code)
  return json
}

export function explain(status: number): ConnectorError {
  const { code, words, retryAfterMs } = meaningOf(status)
  return new ConnectorError(code, words, retryAfterMs === undefined ? {} : { retryAfterMs })
}
