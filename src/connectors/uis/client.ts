import { z } from 'zod'
import type { ConnectorError } from '../../core/connector/errors.ts'
import type { Hub } from '../../core/connector/hub.ts'
import { brokenCall, wordedError } from '../../core/connector/worded-error.ts'
import type { Settings } from './settings.ts'

const wrongKey = { en: 'UIS does not accept this API key', ru: 'UIS не принимает этот API-ключ' }
const failure = z.object({
  code: z.number(),
  message: z.string().optional(),
  data: z.object({ mnemonic: z.string().optional() }).nullish().catch(undefined),
})
const answer = z.object({ result: z.object({ data: z.unknown() }).optional(), error: failure.optional() })

interface AskOptions {
  api: 'call' | 'data'
  /** It may have rung a phone, so that a lost answer is unclear. */
  mayAct?: boolean
}

/**
 * One call of JSON-RPC 2.0 (Call API 4.0, Data API 2.0). Gives `result.data`.
 * @throws ConnectorError, `unsupported` when no API key is set
 */
export async function askUis(hub: Hub, settings: Settings, method: string, params: object, options: AskOptions): Promise<unknown> {
  const { accessToken } = settings
  if (accessToken === undefined) throw wordedError('unsupported', { en: 'The API key of UIS is not set', ru: 'API-ключ UIS не указан' })
  const lost = options.mayAct ? 'outcome_unknown' : 'temporary'
  const body = JSON.stringify({ jsonrpc: '2.0', id: method, method, params: { access_token: accessToken, ...params } })
  const headers = { 'content-type': 'application/json; charset=UTF-8' }
  const url = options.api === 'call' ? settings.callApiRoot : settings.dataApiRoot
  const response = await hub.fetch(url, { method: 'POST', headers, body, timeoutMs: 20_000 }).catch((cause: unknown) => {
    throw brokenCall('UIS', cause, options.mayAct ?? false)
  })
  const read = answer.safeParse(await response.json().catch(() => undefined)).data
  if (read?.error) throw explain(read.error, lost)
  if (response.status === 429) throw limit()
  if (response.status === 401 || response.status === 403) throw wordedError('auth_failed', wrongKey)
  if (response.status >= 500 || (response.ok && !read?.result))
    throw wordedError(lost, { en: `UIS answered something unknown (${response.status})`, ru: `UIS ответила непонятно (${response.status})` })
  if (!response.ok) throw wordedError('rejected', { en: `UIS refused: ${response.status}`, ru: `UIS отказала: ${response.status}` })
  return read?.result?.data
}

/** Codes of JSON-RPC, and UIS's own: −32001 authorisation, −32029 too many points a minute or a day. */
function explain({ code, message, data }: z.infer<typeof failure>, lost: 'outcome_unknown' | 'temporary'): ConnectorError {
  const mnemonic = data?.mnemonic ?? ''
  if (code === -32001 || /token|auth|permission|ip_not/.test(mnemonic)) return wordedError('auth_failed', wrongKey)
  if (code === -32029 || mnemonic.includes('limit')) return limit()
  if (code === -32603) return wordedError(lost, { en: 'UIS has trouble of its own', ru: 'Сбой на стороне UIS' })
  const words = (message || mnemonic || String(code)).slice(0, 200)
  return wordedError('rejected', { en: `UIS refused: ${words}`, ru: `UIS отказала: ${words}` })
}

function limit(): ConnectorError {
  return wordedError('rate_limited', { en: 'UIS allows no more requests this minute', ru: 'UIS исчерпала запросы на эту минуту' }, 60_000)
}
