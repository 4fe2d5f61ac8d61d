import { createServer, type Server } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { emailSettings } from '../settings.ts'
import { accessToken } from './tokens.ts'

let server: Server | undefined
afterEach(() => server?.close())

/** A token server that answers with these, in order, and remembers what it was asked. */
async function tokenServer(answers: { status: number; body: object }[]): Promise<{ url: string; asked: URLSearchParams[] }> {
  const asked: URLSearchParams[] = []
  server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      asked.push(new URLSearchParams(Buffer.concat(chunks).toString()))
      const answer = answers.shift() ?? { status: 500, body: {} }
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body))
    })
  })
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return { url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/token`, asked }
}

function hubAt(time: { now: number }, state = new Map<string, string>()) {
  return {
    state: { get: async (name: string) => state.get(name), set: async (name: string, value: string) => void state.set(name, value) },
    clock: { now: () => new Date(time.now) },
    fetch: (url: string, init?: RequestInit) => fetch(url, init),
  }
}

const settingsOf = (url: string, oauthRefreshToken = 'first-refresh') =>
  emailSettings.parse({ address: 'a@b.example', oauthClientId: 'id', oauthClientSecret: 'secret', oauthRefreshToken, oauthTokenUrl: url })

describe('OAuth tokens', () => {
  it('are kept until two minutes before their end, and refreshed by the newest refresh token', async () => {
    const { url, asked } = await tokenServer([
      { status: 200, body: { access_token: 'one', refresh_token: 'second-refresh', expires_in: 3600 } },
      { status: 200, body: { access_token: 'two', expires_in: 3600 } },
    ])
    const time = { now: 0 }
    const hub = hubAt(time)
    expect(await accessToken(settingsOf(url), hub)).toBe('one')
    expect(await accessToken(settingsOf(url), hub)).toBe('one')
    time.now = 3_500_000
    expect(await accessToken(settingsOf(url), hub)).toBe('two')
    expect(asked.map((form) => form.get('refresh_token'))).toEqual(['first-refresh', 'second-refresh'])
  })

  it('start anew when another refresh token is typed', async () => {
    const { url, asked } = await tokenServer([
      { status: 200, body: { access_token: 'one', refresh_token: 'rotated' } },
      { status: 200, body: { access_token: 'other' } },
    ])
    const hub = hubAt({ now: 0 })
    await accessToken(settingsOf(url), hub)
    expect(await accessToken(settingsOf(url, 'typed-anew'), hub)).toBe('other')
    expect(asked[1]?.get('refresh_token')).toBe('typed-anew')
  })

  it('tell a revoked consent from a server that is down', async () => {
    const { url } = await tokenServer([
      { status: 400, body: { error: 'invalid_grant' } },
      { status: 503, body: {} },
    ])
    await expect(accessToken(settingsOf(url), hubAt({ now: 0 }))).rejects.toMatchObject({ code: 'auth_failed' })
    await expect(accessToken(settingsOf(url), hubAt({ now: 0 }))).rejects.toMatchObject({ code: 'temporary' })
  })

  it('are asked for once by those who want one at the same moment, in this process and in another', async () => {
    const { url, asked } = await tokenServer([
      { status: 200, body: { access_token: 'one', refresh_token: 'second-refresh' } },
      { status: 400, body: { error: 'invalid_grant' } },
    ])
    const state = new Map<string, string>()
    const here = hubAt({ now: 0 }, state)
    expect(await Promise.all([1, 2, 3].map(async () => accessToken(settingsOf(url), here)))).toEqual(['one', 'one', 'one'])
    expect(asked).toHaveLength(1)
    const kept = state.get('oauth') ?? ''
    state.delete('oauth')
    const there = accessToken(settingsOf(url), hubAt({ now: 0 }, state))
    state.set('oauth', kept)
    expect(await there).toBe('one')
  })
})
