import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { ConnectorError, ConnectorErrorCode } from '../../core/connector/errors.ts'
import type { Hub } from '../../core/connector/hub.ts'
import type { Localised } from '../../core/connector/manifest.ts'
import { brokenCall, retryAfterOf, wordedError } from '../../core/connector/worded-error.ts'
import type { Settings } from './settings.ts'

export interface Asking {
  path: string
  /** GET without one; FormData is an upload. */
  body?: object
  /** The call must not happen twice: an unclear end is `outcome_unknown`. */
  mayHaveActed?: boolean
  signal?: AbortSignal
}

export type Call = <Result>(asking: Asking, result: z.ZodType<Result>) => Promise<Result>

const tokenName = 'access_token'
const granted = z.object({ access_token: z.string().min(1), expires_in: z.number().default(3600) })
const kept = z.object({ token: z.string(), of: z.string(), until: z.number() })

/** One function that calls the API under a token that lasts a day, kept in the channel's state. Throws only ConnectorError, without secrets. */
export function createClient(of: Settings, hub: Pick<Hub, 'fetch' | 'state' | 'clock'>): Call {
  return async (asking, result) => {
    const token = await tokenFor(of, hub)
    const response = await ask(of, hub, asking, token)
    if (response.status !== 401) return read(asking, response, result)
    await response.body?.cancel().catch(() => undefined)
    await hub.state.set(tokenName, '')
    return read(asking, await ask(of, hub, asking, await tokenFor(of, hub)), result)
  }
}

async function ask(of: Settings, hub: Pick<Hub, 'fetch'>, { path, body, mayHaveActed = false, signal }: Asking, token: string): Promise<Response> {
  const isUpload = body instanceof FormData
  const headers = { authorization: `Bearer ${token}`, ...(body && !isUpload && { 'content-type': 'application/json' }) }
  const written = isUpload ? body : JSON.stringify(body)
  const init = {
    method: body ? 'POST' : 'GET',
    headers,
    ...(body && { body: written }),
    ...(signal && { signal }),
    ...(isUpload && { timeoutMs: 120_000 }),
  }
  return hub.fetch(`${rootOf(of)}${path}`, init).catch((failure: unknown) => {
    throw brokenCall('Avito', failure, mayHaveActed)
  })
}

async function read<Result>({ path, mayHaveActed = false }: Asking, response: Response, result: z.ZodType<Result>): Promise<Result> {
  const text = await response.text().catch((failure: unknown) => {
    throw brokenCall('Avito', failure, mayHaveActed)
  })
  if (!response.ok) throw explain(response, text, mayHaveActed)
  const known = result.safeParse(readJson(text))
  if (known.success) return known.data
  const [asked] = path.split('?')
  throw wordedError(mayHaveActed ? 'outcome_unknown' : 'temporary', {
    en: `Avito answered ${asked} with something unknown`,
    ru: `Авито ответил на ${asked} чем-то неизвестным`,
  })
}

async function tokenFor(of: Settings, hub: Pick<Hub, 'fetch' | 'state' | 'clock'>): Promise<string> {
  const owner = createHash('sha256').update(`${of.clientId}\n${of.clientSecret}`).digest('hex')
  const now = hub.clock.now().getTime()
  const known = kept.safeParse(readJson((await hub.state.get(tokenName)) ?? '')).data
  if (known?.of === owner && known.until > now) return known.token
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: of.clientId, client_secret: of.clientSecret })
  const response = await hub.fetch(`${rootOf(of)}/token`, { method: 'POST', body }).catch((failure: unknown) => {
    throw brokenCall('Avito', failure, false)
  })
  const text = await response.text().catch(() => '')
  if (response.status >= 500 || response.status === 429) throw explain(response, text, false)
  const answer = granted.safeParse(readJson(text)).data
  // Avito answers wrong credentials with 200 and an `error`, too.
  if (!answer)
    throw wordedError('auth_failed', { en: 'Avito does not accept client id and client secret', ru: 'Авито не принимает client_id и client_secret' })
  const until = now + (answer.expires_in - 300) * 1000
  await hub.state.set(tokenName, JSON.stringify({ token: answer.access_token, of: owner, until }))
  return answer.access_token
}

function rootOf({ apiRoot }: Settings): string {
  return apiRoot.replace(/\/$/, '')
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const meanings: Record<number, [code: ConnectorErrorCode, words: Localised]> = {
  401: ['auth_failed', { en: 'Avito does not accept the access', ru: 'Авито не принимает доступ' }],
  402: ['auth_failed', { en: 'The plan at Avito does not include the Messenger API', ru: 'Тариф Авито не включает API мессенджера' }],
  403: ['auth_failed', { en: 'Avito does not allow this: look at the plan and its rights', ru: 'Авито не разрешает это: проверьте тариф и права' }],
  404: ['invalid_recipient', { en: 'Avito knows no such chat', ru: 'Авито не знает такого чата' }],
}

function explain(response: Response, text: string, mayHaveActed: boolean): ConnectorError {
  const { status } = response
  // The limit counts by the minute: https://developers.avito.ru
  if (status === 429) {
    return wordedError('rate_limited', { en: 'Avito asks to wait a minute', ru: 'Авито просит подождать минуту' }, retryAfterOf(response) ?? 60_000)
  }
  const known = meanings[status]
  if (known) return wordedError(...known)
  if (status === 503) return wordedError('temporary', { en: 'Avito is not available', ru: 'Авито недоступен' })
  if (status >= 500)
    return wordedError(mayHaveActed ? 'outcome_unknown' : 'temporary', { en: `Avito failed with ${status}`, ru: `Сбой Авито: ${status}` })
  const said = z.object({ error: z.object({ message: z.string() }) }).safeParse(readJson(text)).data?.error.message ?? String(status)
  return wordedError('rejected', { en: `Avito refused: ${said}`, ru: `Авито: отказ — ${said}` })
}
