import { createHmac } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { RawDelivery } from '../../../src/core/connector/delivery.ts'
import type { ConnectorErrorCode } from '../../../src/core/connector/errors.ts'
import { type Bench, caught, type FailureCase } from '../case.ts'

export const metaSecrets = { appSecret: 'app-secret-of-the-contract', verifyToken: 'verify-token-of-the-contract', accessToken: 'EAAcontractToken' }

export function signByMeta(request: RawDelivery): RawDelivery {
  const hex = createHmac('sha256', metaSecrets.appSecret).update(request.body).digest('hex')
  return { ...request, headers: { ...request.headers, 'x-hub-signature-256': `sha256=${hex}` } }
}

/** Answers of the Graph API by what is asked; anything else is an empty yes. */
export type Graph = (request: IncomingMessage, response: ServerResponse) => void

export function answer(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

/** Settings of a channel and one part that it can send. */
export interface Sending {
  settings: object
  data: object
}

/** A send that Meta refuses with this error. */
export function refused(
  sending: Sending,
  [status, code, subcode]: [status: number, code: number, subcode?: number],
  expected: ConnectorErrorCode,
  delay: { headers?: Record<string, string>; retryAfterMs?: number } = {},
): FailureCase {
  const error = { message: `(#${code}) said the vendor`, type: 'OAuthException', code, error_subcode: subcode, fbtrace_id: 'A1' }
  const provoke = (bench: Bench) => sendAgainst(bench, sending, (_request, response) => answer(response, status, { error }, delay.headers))
  const { retryAfterMs } = delay
  return {
    name: `error ${code}${subcode ? `/${subcode}` : ''} on a send`,
    code: expected,
    provoke,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  }
}

/** What every connector of Meta must tell apart when nothing clear comes back. */
export function unclearEnds(sending: Sending): FailureCase[] {
  return [
    { name: 'nobody listens', code: 'temporary', provoke: async (bench) => sendAt(bench, sending, `http://127.0.0.1:${await bench.closedPort()}`) },
    {
      name: 'a broken server on a send',
      code: 'outcome_unknown',
      provoke: (bench) => sendAgainst(bench, sending, (_request, response) => answer(response, 502, {})),
    },
    {
      name: 'the line cut after a send left',
      code: 'outcome_unknown',
      provoke: (bench) => sendAgainst(bench, sending, (_request, response) => response.socket?.destroy()),
    },
    {
      name: 'a page instead of an answer',
      code: 'outcome_unknown',
      provoke: (bench) => sendAgainst(bench, sending, (_request, response) => response.end('<html>')),
    },
  ]
}

async function sendAgainst(bench: Bench, sending: Sending, graph: Graph): Promise<unknown> {
  return sendAt(bench, sending, await bench.httpVendor((request, response) => void request.resume().on('end', () => graph(request, response))))
}

async function sendAt(bench: Bench, { settings, data }: Sending, apiRoot: string): Promise<unknown> {
  const part = { data, files: [], idempotencyKey: 'part-1' }
  return caught(bench.connector.send?.(part, bench.channel({ ...settings, apiRoot }), bench.hub) ?? Promise.resolve())
}

/** A check with an answer like this. */
export function checked(name: string, settings: object, [status, error]: [status: number, error: object], expected: ConnectorErrorCode): FailureCase {
  return {
    name,
    code: expected,
    async provoke(bench) {
      const apiRoot = await bench.httpVendor((_request, response) => answer(response, status, { error }))
      return bench.connector.check(bench.channel({ ...settings, apiRoot }).settings, bench.hub)
    },
  }
}

/** Checks that every connector of Meta fails. */
export function badCredentials(settings: object): FailureCase[] {
  return [
    checked('a revoked token', settings, [401, { code: 190, error_subcode: 463, message: 'Error validating access token' }], 'auth_failed'),
    checked('another app secret', settings, [400, { code: 100, message: 'Invalid appsecret_proof provided in the API argument' }], 'auth_failed'),
    checked(
      'an ID that the token does not open',
      settings,
      [400, { code: 100, error_subcode: 33, message: 'Unsupported get request' }],
      'auth_failed',
    ),
    checked('a broken server on check', settings, [503, { code: 2, message: 'Service temporarily unavailable' }], 'temporary'),
  ]
}

/** Files: their link is dead, or leads where no token may go. */
export function mediaFailure(
  name: string,
  settings: object,
  expected: ConnectorErrorCode,
  ref: (root: string) => string,
  graph: (root: string) => Graph,
): FailureCase {
  return {
    name,
    code: expected,
    async provoke(bench) {
      let root = ''
      root = await bench.httpVendor((request, response) => graph(root)(request, response))
      return caught(bench.connector.fetchMedia?.(ref(root), bench.channel({ ...settings, apiRoot: root }), bench.hub) ?? Promise.resolve())
    },
  }
}
