import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { ConnectorError } from '../../core/connector/errors.ts'
import type { Hub } from '../../core/connector/hub.ts'
import { brokenCall, wordedError } from '../../core/connector/worded-error.ts'
import type { Settings } from './settings.ts'
import { signatureOf } from './signature.ts'

export const unknownAnswer = { en: 'Zadarma answered something unknown', ru: 'Zadarma ответила непонятно' }
const failure = z.object({ status: z.literal('error'), message: z.string().optional() })

/**
 * One signed GET. Gives the JSON of the answer and its exact bytes. `mayAct`: it may have rung a phone, so that a lost answer is unclear.
 * @throws ConnectorError
 */
export async function askZadarma(
  hub: Hub,
  settings: Settings,
  path: string,
  params: Record<string, string> = {},
  options: { mayAct?: boolean } = {},
): Promise<{ json: unknown; bytes: Uint8Array }> {
  const lost = options.mayAct ? 'outcome_unknown' : 'temporary'
  const query = queryOf(params)
  const headers = { authorization: authorise(path, query, settings) }
  const response = await hub
    .fetch(`${settings.apiRoot.replace(/\/$/, '')}${path}?${query}`, { headers, timeoutMs: 20_000 })
    .catch((cause: unknown) => {
      throw brokenCall('Zadarma', cause, options.mayAct ?? false)
    })
  if (response.status >= 500) throw wordedError(lost, { en: `Zadarma answered ${response.status}`, ru: `Zadarma ответила ${response.status}` })
  const bytes = new Uint8Array(
    await response.arrayBuffer().catch((cause: unknown) => {
      throw brokenCall('Zadarma', cause, options.mayAct ?? false)
    }),
  )
  const json = parse(bytes)
  const told = failure.safeParse(json).data
  if (!response.ok || told) throw explain(response, told?.message, hub)
  if (json === undefined) throw wordedError(lost, unknownAnswer)
  return { json, bytes }
}

/** `key:signature` over path, sorted parameters and their MD5 (zadarma/user-api-v1, Client.php). */
export function authorise(path: string, query: string, { apiKey, apiSecret }: Pick<Settings, 'apiKey' | 'apiSecret'>): string {
  const md5 = createHash('md5').update(query).digest('hex')
  return `${apiKey}:${signatureOf(`${path}${query}${md5}`, apiSecret)}`
}

/** As PHP's `http_build_query` writes it after `ksort`: what is signed has to be what is sent, byte for byte. */
export function queryOf(params: Record<string, string>): string {
  const sorted = Object.entries({ ...params, format: 'json' }).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return new URLSearchParams(sorted).toString().replaceAll('*', '%2A')
}

function explain(response: Response, message: string | undefined, hub: Hub): ConnectorError {
  const words = message === undefined ? String(response.status) : message.slice(0, 200)
  if (response.status === 401 || response.status === 403)
    return wordedError('auth_failed', { en: 'Zadarma does not know this key and secret', ru: 'Zadarma не знает этого ключа и секрета' })
  if (response.status === 429)
    return wordedError('rate_limited', { en: 'Zadarma asks to wait', ru: 'Zadarma просит подождать' }, waitOf(response, hub))
  return wordedError('rejected', { en: `Zadarma refused: ${words}`, ru: `Zadarma отказала: ${words}` })
}

/** `X-RateLimit-Reset` is the second at which the count begins anew; without it a minute. */
function waitOf(response: Response, hub: Hub): number {
  const left = Number(response.headers.get('x-ratelimit-reset') ?? Number.NaN) * 1000 - hub.clock.now().getTime()
  return Number.isFinite(left) && left > 0 ? Math.min(left, 3_600_000) : 60_000
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    return undefined
  }
}
