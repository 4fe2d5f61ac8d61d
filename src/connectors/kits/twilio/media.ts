import { ConnectorError } from '../../../core/connector/errors.ts'
import type { Hub } from '../../../core/connector/hub.ts'
import { type Account, basic, credentials } from './account.ts'

export interface Media {
  bytes: Uint8Array
  type?: string
}

/** A file behind HTTP Basic that Twilio mostly redirects to its storage: the storage must not see the password. Throws only ConnectorError. */
export async function download(address: string, account: Account, hub: Pick<Hub, 'fetch'>): Promise<Media> {
  const isOwn = hostOf(address) === hostOf(account.apiRoot)
  const headers: Record<string, string> = isOwn ? { authorization: basic(credentials(account)) } : {}
  const first = await load(hub, address, { headers, redirect: 'manual', untrusted: !isOwn })
  const location = first.headers.get('location')
  const isRedirect = first.status >= 300 && first.status < 400 && location !== null
  if (isRedirect) await first.body?.cancel()
  const next = isRedirect ? new URL(location, address).href : address
  const response = isRedirect ? await load(hub, next, { untrusted: new URL(next).hostname !== new URL(account.apiRoot).hostname }) : first
  if (!response.ok) throw explain(response.status)
  const type = response.headers.get('content-type')
  return { bytes: await bytesOf(response), ...(type && { type }) }
}

function hostOf(address: string): string | undefined {
  return URL.parse(address)?.host
}

async function load(hub: Pick<Hub, 'fetch'>, address: string, init: RequestInit & { untrusted: boolean }): Promise<Response> {
  return await hub.fetch(address, { ...init, timeoutMs: 120_000 }).catch((cause: unknown) => {
    throw cause instanceof ConnectorError ? cause : new ConnectorError('temporary', 'The file could not be loaded from Twilio', { cause })
  })
}

async function bytesOf(response: Response): Promise<Uint8Array> {
  return new Uint8Array(
    await response.arrayBuffer().catch((cause: unknown) => {
      throw new ConnectorError('temporary', 'The connection broke while a file came from Twilio', { cause })
    }),
  )
}

/** A file is not there for a moment after Twilio has told of it. */
function explain(status: number): ConnectorError {
  if (status === 401 || status === 403) return new ConnectorError('auth_failed', 'Twilio does not give the file to this account SID and auth token')
  if (status === 410) return new ConnectorError('rejected', 'Twilio no longer has the file')
  if (status === 404) return new ConnectorError('temporary', 'Twilio does not have the file yet')
  return new ConnectorError('temporary', `The file could not be loaded from Twilio: ${status}`)
}
