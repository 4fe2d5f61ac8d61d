import twilio from 'twilio'
import type { CheckResult } from '../../../core/connector/connector.ts'
import type { Hub } from '../../../core/connector/hub.ts'
import { retryAfterOf, wordedError } from '../../../core/connector/worded-error.ts'
import { type Account, basic, credentials } from './account.ts'
import { explain } from './failures.ts'

type Request = Parameters<InstanceType<typeof twilio.RequestClient>['request']>[0]
type Response<Data> = Awaited<ReturnType<typeof twilio.RequestClient.prototype.request<Data>>>

/** The SDK's requests go through the hub's fetch: one place for time-outs and proxies, and no second HTTP stack. */
class HubRequests extends twilio.RequestClient {
  readonly #fetch: Hub['fetch']

  constructor(fetch: Hub['fetch']) {
    super()
    this.#fetch = fetch
  }

  override async request<Data>({ method, uri, username = '', password = '', headers, params, data }: Request): Promise<Response<Data>> {
    const url = new URL(uri)
    for (const [name, value] of fieldsOf(params)) url.searchParams.append(name, value)
    const response = await this.#fetch(url.href, {
      method: method.toUpperCase(),
      headers: { ...headers, authorization: basic({ username, password }) },
      ...(method !== 'get' && data !== undefined && { body: new URLSearchParams(fieldsOf(data)).toString() }),
      redirect: 'error',
    })
    if (response.status === 429) {
      await response.body?.cancel()
      throw wordedError('rate_limited', { en: 'Twilio asks to wait', ru: 'Twilio просит подождать' }, retryAfterOf(response) ?? 5000)
    }
    // The SDK reads the JSON of a text itself, and takes an empty one for nothing.
    const body = (await response.text()) as Data
    return { statusCode: response.status, body, headers: {}, toString: () => `HTTP ${response.status}` }
  }
}

/** As Twilio reads a form: a list is its name repeated. */
function fieldsOf(data: unknown): [string, string][] {
  if (typeof data !== 'object' || data === null) return []
  return Object.entries(data).flatMap(([name, value]: [string, unknown]) =>
    (Array.isArray(value) ? value : [value]).filter((one) => one !== undefined).map((one): [string, string] => [name, String(one)]),
  )
}

export type TwilioClient = ReturnType<typeof createClient>

function createClient(account: Account, hub: Pick<Hub, 'fetch'>) {
  const { username, password } = credentials(account)
  const client = twilio(username, password, { accountSid: account.accountSid, httpClient: new HubRequests(hub.fetch) })
  client.api.baseUrl = account.apiRoot.replace(/\/$/, '')
  client.content.baseUrl = client.api.baseUrl.replace('://api.', '://content.')
  return client
}

/**
 * Asks Twilio by its SDK. `mayAct`: the request may have sent a message or rung a phone, so that a lost answer is unclear.
 * @throws ConnectorError
 */
export async function askTwilio<Answer>(
  account: Account,
  hub: Pick<Hub, 'fetch'>,
  ask: (client: TwilioClient) => Promise<Answer>,
  options: { mayAct?: boolean } = {},
): Promise<Answer> {
  try {
    return await ask(createClient(account, hub))
  } catch (error) {
    throw explain(error, options)
  }
}

/** Reads the account with the credentials of the settings; changes nothing. */
export async function checkAccount(account: Account, hub: Pick<Hub, 'fetch'>): Promise<CheckResult> {
  try {
    const { friendlyName } = await createClient(account, hub).api.v2010.accounts(account.accountSid).fetch()
    return { ok: true, detail: friendlyName }
  } catch (error) {
    return { ok: false, error: explain(error, {}) }
  }
}
