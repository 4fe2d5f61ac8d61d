import type { ConnectorErrorCode } from '../../../src/core/connector/errors.ts'
import { type Bench, type ContractCase, caught, type FailureCase } from '../case.ts'

const settings = { clientId: 'client-1', clientSecret: 'avito-contract-secret' }
const token = { access_token: 'a-day-long', expires_in: 86_400, token_type: 'Bearer' }

export const avito: ContractCase = {
  settings,
  failures: [
    {
      name: 'wrong credentials, said with 200',
      code: 'auth_failed',
      provoke: async (bench) => check(bench, await bench.httpVendor((_, response) => response.end('{"error":"invalid_client"}'))),
    },
    { name: 'a token that is no longer accepted', code: 'auth_failed', provoke: async (bench) => check(bench, await vendor(bench, 401)) },
    { name: 'nobody listens', code: 'temporary', provoke: async (bench) => check(bench, `http://127.0.0.1:${await bench.closedPort()}`) },
    refusal(400, 'rejected'),
    refusal(401, 'auth_failed'),
    refusal(402, 'auth_failed'),
    refusal(403, 'auth_failed'),
    refusal(404, 'invalid_recipient'),
    refusal(429, 'rate_limited', 60_000),
    refusal(500, 'outcome_unknown'),
    refusal(503, 'temporary'),
    { name: 'a page instead of an answer', code: 'outcome_unknown', provoke: async (bench) => send(bench, await vendor(bench, 200, '<html>')) },
    {
      name: 'a picture whose link has died',
      code: 'rejected',
      provoke: async (bench) => {
        const apiRoot = await vendor(bench, 404)
        return caught(bench.connector.fetchMedia?.(`${apiRoot}/1.jpg`, bench.channel({ ...settings, apiRoot }), bench.hub) ?? Promise.resolve())
      },
    },
  ],
  sessions: [
    { name: 'looking through the chats', open: async (bench) => open(bench, await vendor(bench, 200, { id: 5001, chats: [] })) },
    { name: 'while nobody listens', open: async (bench) => open(bench, `http://127.0.0.1:${await bench.closedPort()}`) },
  ],
}

/** Gives a token, then answers everything alike. */
function vendor(bench: Bench, status: number, body: unknown = { error: { code: status, message: 'said Avito' } }): Promise<string> {
  return bench.httpVendor((request, response) =>
    request.resume().on('end', () => {
      if (request.url === '/token') return response.end(JSON.stringify(token))
      return response.writeHead(status).end(JSON.stringify(body))
    }),
  )
}

async function check(bench: Bench, apiRoot: string): Promise<unknown> {
  return bench.connector.check(bench.channel({ ...settings, apiRoot }).settings, bench.hub)
}

function refusal(status: number, code: ConnectorErrorCode, retryAfterMs?: number): FailureCase {
  const provoke = async (bench: Bench) => send(bench, await vendor(bench, status))
  return { name: `${status}`, code, provoke, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }
}

async function send(bench: Bench, apiRoot: string): Promise<unknown> {
  const part = { data: { accountId: '5001', chatId: 'u2i-abc', text: 'hi' }, files: [], idempotencyKey: 'k' }
  return caught(bench.connector.send?.(part, bench.channel({ ...settings, apiRoot }), bench.hub) ?? Promise.resolve())
}

function open(bench: Bench, apiRoot: string) {
  const session = bench.connector.open?.(bench.channel({ ...settings, apiRoot }), bench.hub)
  if (!session) throw new Error('avito has lost its ability to open')
  return session
}
