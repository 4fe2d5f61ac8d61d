import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export interface FakeIssuer {
  url: string
  /** Whoever signs in next. */
  person: { sub: string; email: string; email_verified?: boolean }
  close(): Promise<void>
}

/** As much of an OpenID Connect service as signing in asks for (OpenID Connect Core 1.0 §3.1): everybody who comes is the same person. */
export async function fakeIssuer(client: { id: string; secret: string }): Promise<FakeIssuer> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const asked = new Map<string, { nonce: string | null }>()
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '', issuer.url)
    if (url.pathname === '/.well-known/openid-configuration') return json(response, discovery(issuer.url))
    if (url.pathname === '/keys') return json(response, { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'RS256', use: 'sig' }] })
    if (url.pathname === '/authorize') {
      const code = randomBytes(8).toString('hex')
      asked.set(code, { nonce: url.searchParams.get('nonce') })
      const back = new URL(url.searchParams.get('redirect_uri') ?? '')
      back.search = new URLSearchParams({ code, state: url.searchParams.get('state') ?? '' }).toString()
      return response.writeHead(302, { location: back.href }).end()
    }
    const form = new URLSearchParams(await text(request))
    const known = asked.get(form.get('code') ?? '')
    if (!known || form.get('client_secret') !== client.secret) return json(response, { error: 'invalid_grant' }, 400)
    const now = Math.floor(Date.now() / 1000)
    const claims = {
      iss: issuer.url,
      aud: client.id,
      iat: now,
      exp: now + 60,
      name: 'Ольга',
      ...issuer.person,
      ...(known.nonce && { nonce: known.nonce }),
    }
    json(response, { access_token: 'a', token_type: 'Bearer', expires_in: 60, id_token: signed(claims, privateKey) })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const issuer: FakeIssuer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    person: { sub: '', email: '' },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return issuer
}

function discovery(url: string): object {
  return {
    issuer: url,
    authorization_endpoint: `${url}/authorize`,
    token_endpoint: `${url}/token`,
    jwks_uri: `${url}/keys`,
    id_token_signing_alg_values_supported: ['RS256'],
  }
}

function signed(claims: object, key: KeyObject): string {
  const parts = [{ alg: 'RS256', typ: 'JWT', kid: 'k' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  return `${parts.join('.')}.${sign('RSA-SHA256', Buffer.from(parts.join('.')), key).toString('base64url')}`
}

function json(response: ServerResponse, body: object, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
