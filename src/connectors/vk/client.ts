import { z } from 'zod'
import type { Hub } from '../../core/connector/hub.ts'
import { brokenCall, wordedError } from '../../core/connector/worded-error.ts'
import { explainRefusal } from './failures.ts'
import type { Settings } from './settings.ts'

export const apiVersion = '5.199'

const answer = z.object({
  response: z.unknown().optional(),
  error: z.object({ error_code: z.number(), error_msg: z.string().default('') }).optional(),
})

export type Fields = Record<string, string | number>
export type Call = <Result>(method: string, fields: Fields, result: z.ZodType<Result>, options?: { signal?: AbortSignal }) => Promise<Result>

/**
 * One function that calls methods of the API. Throws only ConnectorError, whose words hold no token. An unclear end is `temporary` even for
 * sending: VK drops a second message with the same `random_id`.
 */
export function createClient(of: Pick<Settings, 'token' | 'apiRoot'>, hub: Pick<Hub, 'fetch'>): Call {
  const root = of.apiRoot.replace(/\/$/, '')
  return async (method, fields, result, { signal } = {}) => {
    const written = Object.entries({ ...fields, access_token: of.token, v: apiVersion }).map(([name, value]): [string, string] => [
      name,
      String(value),
    ])
    const init = { method: 'POST', body: new URLSearchParams(written), ...(signal && { signal }) }
    return read(method, await ask(hub, `${root}/${method}`, init), result)
  }
}

/** JSON of any host of VK: the API, a long poll, an upload. */
export async function ask(hub: Pick<Hub, 'fetch'>, url: string, init: RequestInit & { timeoutMs?: number }): Promise<unknown> {
  const response = await hub.fetch(url, init).catch((failure: unknown) => {
    throw brokenCall('VK', failure, false)
  })
  if (!response.ok) {
    await response.body?.cancel().catch(() => undefined)
    throw wordedError('temporary', { en: `VK answered ${response.status}`, ru: `ВКонтакте ответил ${response.status}` })
  }
  return response.json().catch(() => {
    throw wordedError('temporary', { en: 'VK answered something unreadable', ru: 'Ответ ВКонтакте не читается' })
  })
}

function read<Result>(method: string, body: unknown, result: z.ZodType<Result>): Result {
  const said = answer.safeParse(body).data
  if (said?.error) throw explainRefusal(said.error.error_code, said.error.error_msg)
  const known = result.safeParse(said?.response)
  if (known.success) return known.data
  throw wordedError('temporary', { en: `VK answered ${method} with something unknown`, ru: `ВКонтакте ответил на ${method} чем-то неизвестным` })
}
