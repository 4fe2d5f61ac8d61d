import { createHash, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface FakeOAuth {
  authorizeUrl: string
  tokenUrl: string
  /** Tells a mail server whose token it is (RFC 7662). */
  introspectionUrl: string
  client: { id: string; secret: string }
  /** Every form that the token address was sent. */
  asked: URLSearchParams[]
  /** Access and refresh tokens ever given out. */
  tokens: string[]
  /** Takes away what the user had allowed. */
  revoke(): void
  /** Ends the lives of all access tokens, as an hour does. */
  expireAccess(): void
  close(): Promise<void>
}

/**
 * A vendor's sign-in over real sockets: the consent page says yes at once and sends the browser back; codes serve once and only with the verifier of
 * their challenge (RFC 7636); refresh tokens rotate; what is revoked answers `invalid_grant`.
 */
export async function startFakeOAuth(user: string, redirectUrl: () => string): Promise<FakeOAuth> {
  const client = { id: 'client-of-the-shop', secret: 'secret-of-the-shop' }
  const codes = new Map<string, { challenge: string; redirect: string }>()
  const access = new Set<string>()
  const refresh = new Set<string>()
  const asked: URLSearchParams[] = []
  const tokens: string[] = []

  function consentPage(query: URLSearchParams): string | undefined {
    const redirect = query.get('redirect_uri') ?? ''
    const isAsked = query.get('client_id') === client.id && query.get('response_type') === 'code' && query.get('code_challenge_method') === 'S256'
    if (!isAsked || redirect !== redirectUrl()) return undefined
    const code = randomUUID()
    codes.set(code, { challenge: query.get('code_challenge') ?? '', redirect })
    return `${redirect}?${new URLSearchParams({ code, state: query.get('state') ?? '' })}`
  }

  function answerToken(form: URLSearchParams): { status: number; body: object } {
    if (form.get('client_id') !== client.id || form.get('client_secret') !== client.secret) return { status: 401, body: { error: 'invalid_client' } }
    const isGranted = form.get('grant_type') === 'refresh_token' ? refresh.delete(form.get('refresh_token') ?? '') : takeCode(form)
    if (!isGranted) return { status: 400, body: { error: 'invalid_grant' } }
    const pair = { access_token: `access-${randomUUID()}`, refresh_token: `refresh-${randomUUID()}` }
    access.add(pair.access_token)
    refresh.add(pair.refresh_token)
    tokens.push(pair.access_token, pair.refresh_token)
    return { status: 200, body: { ...pair, token_type: 'Bearer', expires_in: 3600 } }
  }

  function takeCode(form: URLSearchParams): boolean {
    const code = form.get('code') ?? ''
    const known = codes.get(code)
    codes.delete(code)
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    return known !== undefined && known.challenge === challenge && known.redirect === form.get('redirect_uri')
  }

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    if (url.pathname === '/authorize') {
      const location = consentPage(url.searchParams)
      response.writeHead(location === undefined ? 400 : 302, location === undefined ? {} : { location }).end()
      return
    }
    const form = await readForm(request)
    const isKnown = access.has(form.get('token') ?? '')
    if (url.pathname === '/token') asked.push(form)
    const { status, body } = url.pathname === '/token' ? answerToken(form) : { status: 200, body: { active: isKnown, username: user, email: user } }
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    authorizeUrl: `${base}/authorize`,
    tokenUrl: `${base}/token`,
    introspectionUrl: `${base}/introspect`,
    client,
    asked,
    tokens,
    revoke() {
      access.clear()
      refresh.clear()
    },
    expireAccess: () => access.clear(),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return new URLSearchParams(Buffer.concat(chunks).toString())
}
