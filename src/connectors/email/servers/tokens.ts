import { z } from 'zod'
import type { Hub } from '../../../core/connector/hub.ts'
import type { EmailSettings } from '../settings.ts'
import { cleanWords, MailError } from './mail-error.ts'
import { oauthServerOf } from './oauth-servers.ts'

const stored = z.object({ accessToken: z.string(), refreshToken: z.string(), expiresAt: z.number(), issuedFor: z.string() })
const answer = z.object({ access_token: z.string(), refresh_token: z.string().optional(), expires_in: z.coerce.number().default(3600) })
const refusal = z.object({ error: z.string() })

const stateName = 'oauth'
const earlyMs = 120_000

/**
 * An access token that is good for two more minutes. Refresh tokens rotate, so each new one is stored before the token is used. `force` asks for a
 * new one though the old seems good. Throws `auth_failed` when the consent is gone, `temporary` when the token server cannot be reached.
 */
export async function accessToken(settings: EmailSettings, hub: TokenHub, force = false): Promise<string> {
  const before = askings.get(hub.state) ?? Promise.resolve()
  const own = before.then(() => findToken(settings, hub, force))
  askings.set(
    hub.state,
    own.catch(() => {}),
  )
  return own
}

type TokenHub = Pick<Hub, 'state' | 'fetch' | 'clock'>

/** Reading, sending and filing a copy want a token at the same moment; a refresh token that rotates serves the first, so they go one by one. */
const askings = new WeakMap<Hub['state'], Promise<unknown>>()
const neighbourMs = 1_000

async function findToken(settings: EmailSettings, hub: TokenHub, force: boolean): Promise<string> {
  const seed = settings.oauthRefreshToken ?? ''
  const kept = await readStored(hub, seed)
  if (!force && kept !== undefined && kept.expiresAt > hub.clock.now().getTime() + earlyMs) return kept.accessToken
  const refreshToken = kept?.refreshToken ?? seed
  if (refreshToken === '') throw notSignedIn()
  let fresh: z.infer<typeof answer>
  try {
    fresh = await requestToken(settings, hub, { grant_type: 'refresh_token', refresh_token: refreshToken })
  } catch (error) {
    const neighbours = error instanceof MailError && error.code === 'auth_failed' ? await refreshedByNeighbour(hub, seed, refreshToken) : undefined
    if (neighbours !== undefined) return neighbours
    throw error
  }
  const expiresAt = hub.clock.now().getTime() + fresh.expires_in * 1000
  await hub.state.set(
    stateName,
    JSON.stringify({ accessToken: fresh.access_token, refreshToken: fresh.refresh_token ?? refreshToken, expiresAt, issuedFor: seed }),
  )
  return fresh.access_token
}

/** Another process may have used the same refresh token a moment ago: what it got is ours too. */
async function refreshedByNeighbour(hub: TokenHub, seed: string, used: string): Promise<string | undefined> {
  await new Promise((resolve) => setTimeout(resolve, neighbourMs))
  const kept = await readStored(hub, seed)
  return kept !== undefined && kept.refreshToken !== used ? kept.accessToken : undefined
}

async function readStored(hub: Pick<Hub, 'state'>, seed: string): Promise<z.infer<typeof stored> | undefined> {
  const text = await hub.state.get(stateName)
  if (text === undefined) return undefined
  const parsed = stored.safeParse(JSON.parse(text))
  // a refresh token typed anew replaces what grew out of the former one
  return parsed.success && parsed.data.issuedFor === seed ? parsed.data : undefined
}

/** One call to the token address (RFC 6749 §4.1.3, §6). Throws `auth_failed` when it refuses, `temporary` when it cannot be reached. */
export async function requestToken(settings: EmailSettings, hub: Pick<Hub, 'fetch'>, grant: Record<string, string>): Promise<z.infer<typeof answer>> {
  const url = oauthServerOf(settings)?.tokenUrl
  if (url === undefined) throw notSignedIn()
  const body = new URLSearchParams({ ...grant, client_id: settings.oauthClientId ?? '' })
  if (settings.oauthClientSecret) body.set('client_secret', settings.oauthClientSecret)
  let response: Response
  try {
    response = await hub.fetch(url, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: body.toString() })
  } catch (cause) {
    throw unreachable(cause)
  }
  const json: unknown = await response.json().catch(() => undefined)
  const good = answer.safeParse(json)
  if (response.ok && good.success) return good.data
  if (response.status >= 500 || response.status === 429) throw unreachable(response.status)
  const said = refusal.safeParse(json)
  throw consentGone(said.success ? said.data.error : `HTTP ${response.status}`)
}

function consentGone(reason: string): MailError {
  if (/^(?:invalid_client|unauthorized_client)$/.test(reason))
    return new MailError('auth_failed', {
      en: 'The provider does not know this application: check its OAuth client id and secret.',
      ru: 'Провайдер не узнал приложение: проверьте OAuth client id и secret.',
    })
  const tail = ` (${cleanWords(reason)})`
  return new MailError('auth_failed', {
    en: `The sign-in has run out or was revoked: connect the mailbox anew${tail}.`,
    ru: `Вход истёк или отозван: подключите ящик заново${tail}.`,
  })
}

function notSignedIn(): MailError {
  return new MailError('auth_failed', {
    en: 'Nobody has signed in to this mailbox yet: do so in the channel.',
    ru: 'В этот ящик ещё никто не вошёл: войдите через почтовую службу в настройках канала.',
  })
}

function unreachable(cause: unknown): MailError {
  return new MailError('temporary', { en: 'The sign-in server cannot be reached.', ru: 'Сервер входа недоступен.' }, { cause })
}
