import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { signAsTwilio } from './sign-as-twilio.ts'
import { stereoWav } from './stereo-wav.ts'

export interface AskedOfTwilio {
  method: string
  /** After the account: `/Messages.json`. */
  path: string
  fields: URLSearchParams
}

/** `cut`: it is done, but the line breaks. A number: refused with that code of Twilio's, and nothing is done. */
export type TwilioBehaviour = 'ok' | 'cut' | { status: number; code: number }

export interface FakeTwilio {
  apiRoot: string
  accountSid: string
  authToken: string
  asked: AskedOfTwilio[]
  behave(how: (asked: AskedOfTwilio) => TwilioBehaviour): void
  /** Legs as its API tells them. */
  calls: Map<string, Record<string, string>>
  /** Templates as its content API tells them. */
  contents: object[]
  /** Who saw the storage behind the API with a password: nobody should. */
  leaks: string[]
  /** Posts a hook as Twilio does, signed; `times` with one idempotency token. Gives the last answer. */
  hook(address: string, fields: Record<string, string>, options?: { token?: string; times?: number }): Promise<{ status: number; body: string }>
  close(): Promise<void>
}

const accountSid = 'ACfake0000000000000000000000000000'
const authToken = 'auth-token-of-the-fake'

/** Twilio's REST API on 127.0.0.1 as far as this hub uses one, and the hooks it would send. Files lie in a storage that must not see the password. */
export async function fakeTwilio(): Promise<FakeTwilio> {
  const asked: AskedOfTwilio[] = []
  const calls = new Map<string, Record<string, string>>()
  const contents: object[] = []
  const rooms = new Map<string, { legs: Set<string>; late: number }>()
  const leaks: string[] = []
  let how: (one: AskedOfTwilio) => TwilioBehaviour = () => 'ok'
  let made = 0
  const password = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', 'http://fake')
    if (url.pathname.startsWith('/storage/')) return sendFile(request, response, url.pathname)
    if (request.headers.authorization !== password) return refuse(response, 401, 20003)
    const path = url.pathname.replace(`/2010-04-01/Accounts/${accountSid}`, '')
    const body = (await buffer(request)).toString()
    const one = { method: request.method ?? '', path, fields: new URLSearchParams(request.method === 'GET' ? url.search : body) }
    asked.push(one)
    const behaviour = how(one)
    if (typeof behaviour === 'object') return refuse(response, behaviour.status, behaviour.code)
    const answer = answerOf(one)
    if (behaviour === 'cut') return void request.socket.destroy()
    if (answer === undefined) return refuse(response, 404, 20404)
    if ('location' in answer) return void response.writeHead(302, { location: String(answer.location) }).end()
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  }

  function answerOf({ method, path, fields }: AskedOfTwilio): Record<string, unknown> | undefined {
    const [, resource = '', sid = '', below = '', belowSid = ''] =
      /^\/(\w+)(?:\/([\w.]+?))?(?:\/(\w+)\/([\w.]+?))?(?:\.json|\.wav)?$/.exec(path) ?? []
    if (path === '/v1/ContentAndApprovals') return { contents, meta: { key: 'contents' } }
    if (path === '.json') return { sid: accountSid, friendly_name: 'The fake firm', status: 'active' }
    if (resource === 'Recordings' || below === 'Media') return { location: `${apiRoot}/storage${path}` }
    if (resource === 'Messages' && method === 'POST') return { sid: `SM${++made}`, status: 'queued', to: fields.get('To') }
    if (resource === 'IncomingPhoneNumbers')
      return sid === '' ? { incoming_phone_numbers: [{ sid: 'PN1', phone_number: fields.get('PhoneNumber') }] } : { sid }
    if (resource === 'Conferences') return answerOfRoom({ sid, below, belowSid, fields })
    if (resource !== 'Calls') return undefined
    if (below === 'Recordings') return { sid: 'RE1', status: fields.get('Status') }
    if (sid !== '') return method === 'GET' ? calls.get(sid) : changed(sid, fields)
    if (method === 'POST') return { sid: `CAplaced${++made}`, status: 'queued' }
    return { calls: [...calls.values()].filter((call) => call.parent_call_sid === fields.get('ParentCallSid')) }
  }

  /** Two legs of one call that are told to enter a room do so, a moment later. */
  function changed(sid: string, fields: URLSearchParams): Record<string, unknown> {
    const room = /<Conference[^>]*>([^<]+)<\/Conference>/.exec(fields.get('Twiml') ?? '')?.[1]
    if (room !== undefined) {
      const known = rooms.get(room) ?? { legs: new Set<string>(), late: 2 }
      known.legs.add(sid)
      rooms.set(room, known)
    }
    return { sid, status: fields.get('Status') ?? 'in-progress' }
  }

  function answerOfRoom({ sid, below, belowSid, fields }: { sid: string; below: string; belowSid: string; fields: URLSearchParams }) {
    if (sid === '') {
      const name = fields.get('FriendlyName') ?? ''
      return { conferences: rooms.has(name) ? [{ sid: `CF${name}`, friendly_name: name, status: 'in-progress' }] : [] }
    }
    const room = rooms.get(sid.slice(2))
    if (below === 'Recordings') return room && { sid: 'RE1', status: fields.get('Status') }
    if (!room?.legs.has(belowSid) || room.late-- > 0) return undefined
    return { call_sid: belowSid, hold: fields.get('Hold') === 'true', muted: fields.get('Muted') === 'true' }
  }

  function sendFile(request: IncomingMessage, response: ServerResponse, path: string): void {
    if (request.headers.authorization !== undefined) leaks.push(path)
    const isSound = path.endsWith('.wav')
    response.writeHead(200, { 'content-type': isSound ? 'audio/wav' : 'image/png' }).end(isSound ? stereoWav(2) : 'picture of the client')
  }

  const server = createServer((request, response) => {
    take(request, response).catch(() => request.socket.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const apiRoot = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    apiRoot,
    accountSid,
    authToken,
    asked,
    calls,
    contents,
    leaks,
    behave: (next) => {
      how = next
    },
    hook,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function hook(
  address: string,
  fields: Record<string, string>,
  { token = authToken, times = 1 } = {},
): Promise<{ status: number; body: string }> {
  const body = new URLSearchParams({ AccountSid: accountSid, ApiVersion: '2010-04-01', ...fields }).toString()
  const [hookUrl = '', query = ''] = address.split('?')
  const raw = { method: 'POST', path: '', query, headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: Buffer.from(body) }
  const { headers } = signAsTwilio(raw, { hookUrl }, token)
  const repeated = { ...headers, 'i-twilio-idempotency-token': crypto.randomUUID() }
  const answers = await Promise.all(Array.from({ length: times }, () => fetch(address, { method: 'POST', headers: repeated, body })))
  const bodies = await Promise.all(answers.map((answer) => answer.text()))
  return { status: answers.at(-1)?.status ?? 0, body: bodies.at(-1) ?? '' }
}

function refuse(response: ServerResponse, status: number, code: number): void {
  response
    .writeHead(status, { 'content-type': 'application/json' })
    .end(JSON.stringify({ code, message: `refused with ${code}`, more_info: '', status }))
}
