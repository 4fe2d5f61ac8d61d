import { ConnectorError } from '../../core/connector/errors.ts'
import type { Hub } from '../../core/connector/hub.ts'
import type { Settings } from './settings.ts'

/**
 * One request to `crmapi/v1`. `mayAct`: it may have rung a phone, so that a lost answer is unclear.
 * @throws ConnectorError for everything but 2xx, and when the address or key of the PBX is not set
 */
export async function callPbx(hub: Hub, settings: Settings, path: string, options: { post?: object; mayAct?: boolean } = {}): Promise<Response> {
  const { apiRoot, apiKey } = settings
  if (apiRoot === undefined || apiKey === undefined) throw new ConnectorError('unsupported', 'The address and the key of the PBX are not set')
  const lost = options.mayAct ? 'outcome_unknown' : 'temporary'
  const init = {
    method: options.post ? 'POST' : 'GET',
    headers: { 'x-api-key': apiKey, ...(options.post && { 'content-type': 'application/json' }) },
    ...(options.post && { body: JSON.stringify(options.post) }),
  }
  const response = await hub.fetch(`${apiRoot.replace(/\/$/, '')}${path}`, init).catch((cause: unknown) => {
    throw new ConnectorError(lost, 'The PBX did not answer', { cause })
  })
  if (response.ok) return response
  if (response.status === 401 || response.status === 403) throw new ConnectorError('auth_failed', 'The PBX does not know this key')
  if (response.status === 429) throw new ConnectorError('rate_limited', 'The PBX asks to wait', { retryAfterMs: 60_000 })
  if (response.status >= 500) throw new ConnectorError(lost, `The PBX answered ${response.status}`)
  throw new ConnectorError('rejected', `The PBX refused: ${response.status}`)
}
