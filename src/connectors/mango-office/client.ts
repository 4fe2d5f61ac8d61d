import { z } from 'zod'
import { ConnectorError } from '../../core/connector/errors.ts'
import type { Hub } from '../../core/connector/hub.ts'
import type { Settings } from './settings.ts'
import { signedForm } from './signature.ts'

const failure = z.object({ code: z.coerce.number().optional(), result: z.coerce.number().optional() })

/**
 * One signed POST (API 1.10, "Commands"). Gives the answer of 2xx and 302. `mayAct`: the request may have rung a phone, so that a lost answer is unclear.
 * @throws ConnectorError for everything else
 */
export async function callMango(hub: Hub, settings: Settings, path: string, payload: object, options: { mayAct?: boolean } = {}): Promise<Response> {
  const lost = options.mayAct ? 'outcome_unknown' : 'temporary'
  const url = `${settings.apiRoot.replace(/\/$/, '')}/${path}`
  const response = await hub
    .fetch(url, { method: 'POST', body: signedForm(payload, settings), redirect: 'manual', timeoutMs: 20_000 })
    .catch((cause: unknown) => {
      throw new ConnectorError(lost, 'MANGO OFFICE did not answer', { cause })
    })
  if (response.status >= 500) throw new ConnectorError(lost, `MANGO OFFICE answered ${response.status}`)
  const code = response.ok || response.status === 302 ? await codeOf(response) : ((await codeOf(response)) ?? response.status)
  if (code !== undefined && code !== 1000) throw explain(code)
  return response
}

async function codeOf(response: Response): Promise<number | undefined> {
  if (!(response.headers.get('content-type') ?? '').includes('json') || response.status === 302) return undefined
  const read = failure.safeParse(
    await response
      .clone()
      .json()
      .catch(() => undefined),
  ).data
  return read?.code ?? read?.result
}

/** API 1.10, "Result codes"; a code that is not listed is read as its class. */
function explain(code: number): ConnectorError {
  if (code === 401 || code === 403 || code === 3102 || code === 3105) {
    return new ConnectorError('auth_failed', 'MANGO OFFICE does not know this code and signature key')
  }
  if (code === 4501 || code === 429 || code === 2220) return new ConnectorError('rate_limited', 'MANGO OFFICE asks to wait', { retryAfterMs: 60_000 })
  if (code === 3320 || code === 3340) return new ConnectorError('temporary', 'MANGO OFFICE does not have it yet')
  if (code >= 4200 && code < 4300) return new ConnectorError('temporary', `The phone cannot be reached now (MANGO code ${code})`)
  if (code >= 5000 && code < 6000) return new ConnectorError('temporary', `MANGO OFFICE has trouble of its own (code ${code})`)
  if (code >= 3200 && code < 3300) return new ConnectorError('invalid_recipient', `MANGO OFFICE does not accept this number (code ${code})`)
  return new ConnectorError('rejected', `MANGO OFFICE refused with code ${code}`)
}
