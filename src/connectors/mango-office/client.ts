import { z } from 'zod'
import type { ConnectorError } from '../../core/connector/errors.ts'
import type { Hub } from '../../core/connector/hub.ts'
import { brokenCall, wordedError } from '../../core/connector/worded-error.ts'
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
      throw brokenCall('MANGO OFFICE', cause, options.mayAct ?? false)
    })
  if (response.status >= 500)
    throw wordedError(lost, { en: `MANGO OFFICE answered ${response.status}`, ru: `MANGO OFFICE ответил ${response.status}` })
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
    return wordedError('auth_failed', {
      en: 'MANGO OFFICE does not know this code and signature key',
      ru: 'MANGO OFFICE не знает этого кода АТС и ключа подписи',
    })
  }
  if (code === 4501 || code === 429 || code === 2220)
    return wordedError('rate_limited', { en: 'MANGO OFFICE asks to wait', ru: 'MANGO OFFICE просит подождать' }, 60_000)
  if (code === 3320 || code === 3340)
    return wordedError('temporary', { en: 'MANGO OFFICE does not have it yet', ru: 'У MANGO OFFICE этого пока нет' })
  if (code >= 4200 && code < 4300)
    return wordedError('temporary', {
      en: `The phone cannot be reached now (MANGO code ${code})`,
      ru: `Телефон сейчас недоступен (код MANGO ${code})`,
    })
  if (code >= 5000 && code < 6000)
    return wordedError('temporary', { en: `MANGO OFFICE has trouble of its own (code ${code})`, ru: `Сбой на стороне MANGO OFFICE (код ${code})` })
  if (code >= 3200 && code < 3300)
    return wordedError('invalid_recipient', {
      en: `MANGO OFFICE does not accept this number (code ${code})`,
      ru: `MANGO OFFICE не принимает этот номер (код ${code})`,
    })
  return wordedError('rejected', { en: `MANGO OFFICE refused with code ${code}`, ru: `MANGO OFFICE отказал с кодом ${code}` })
}
