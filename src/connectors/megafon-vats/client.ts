import type { Hub } from '../../core/connector/hub.ts'
import { brokenCall, wordedError } from '../../core/connector/worded-error.ts'
import type { Settings } from './settings.ts'

/**
 * One request to `crmapi/v1`. `mayAct`: it may have rung a phone, so that a lost answer is unclear.
 * @throws ConnectorError for everything but 2xx, and when the address or key of the PBX is not set
 */
export async function callPbx(hub: Hub, settings: Settings, path: string, options: { post?: object; mayAct?: boolean } = {}): Promise<Response> {
  const { apiRoot, apiKey } = settings
  if (apiRoot === undefined || apiKey === undefined)
    throw wordedError('unsupported', { en: 'The address and the key of the PBX are not set', ru: 'Не указаны адрес и ключ АТС' })
  const lost = options.mayAct ? 'outcome_unknown' : 'temporary'
  const init = {
    method: options.post ? 'POST' : 'GET',
    headers: { 'x-api-key': apiKey, ...(options.post && { 'content-type': 'application/json' }) },
    ...(options.post && { body: JSON.stringify(options.post) }),
  }
  const response = await hub.fetch(`${apiRoot.replace(/\/$/, '')}${path}`, init).catch((cause: unknown) => {
    throw brokenCall('The PBX', cause, options.mayAct ?? false)
  })
  if (response.ok) return response
  if (response.status === 401 || response.status === 403)
    throw wordedError('auth_failed', { en: 'The PBX does not know this key', ru: 'АТС не знает этого ключа' })
  if (response.status === 429) throw wordedError('rate_limited', { en: 'The PBX asks to wait', ru: 'АТС просит подождать' }, 60_000)
  if (response.status >= 500) throw wordedError(lost, { en: `The PBX answered ${response.status}`, ru: `АТС ответила ${response.status}` })
  throw wordedError('rejected', { en: `The PBX refused: ${response.status}`, ru: `АТС отказала: ${response.status}` })
}
