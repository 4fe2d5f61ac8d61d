import type { z } from 'zod'
import type { Hub } from '../../../core/connector/hub.ts'
import { brokenCall } from '../../../core/connector/worded-error.ts'
import { explainAnswer } from './failures.ts'

export interface GraphAccount {
  accessToken: string
  apiRoot: string
  apiVersion: string
}

export interface GraphCall {
  method?: 'GET' | 'POST'
  /** Behind the version, without a slash before it. */
  path: string
  query?: Record<string, string>
  json?: object
  form?: FormData
  /** Default 30 s. */
  timeoutMs?: number
  /** The call may send something, which must not happen twice. */
  mayAct?: boolean
  /** In place of the channel's own. */
  accessToken?: string
}

/** One call of the Graph API with the token in a header, never in an address. @throws ConnectorError */
export async function askGraph<Answer>(account: GraphAccount, hub: Pick<Hub, 'fetch'>, call: GraphCall, answer: z.ZodType<Answer>): Promise<Answer> {
  const { method = 'GET', path, query = {}, json, form, timeoutMs, mayAct = false, accessToken = account.accessToken } = call
  const search = new URLSearchParams(query).toString()
  const address = `${account.apiRoot.replace(/\/$/, '')}/${account.apiVersion}/${path}${search === '' ? '' : `?${search}`}`
  const body = json === undefined ? form : JSON.stringify(json)
  const headers = { authorization: `Bearer ${accessToken}`, ...(json !== undefined && { 'content-type': 'application/json' }) }
  try {
    const response = await hub.fetch(address, {
      method,
      headers,
      redirect: 'error',
      ...(body !== undefined && { body }),
      ...(timeoutMs !== undefined && { timeoutMs }),
    })
    const said: unknown = await response.json().catch(() => undefined)
    if (!response.ok) throw explainAnswer(response, said, mayAct)
    return answer.parse(said)
  } catch (error) {
    throw brokenCall('Meta', error, mayAct)
  }
}
