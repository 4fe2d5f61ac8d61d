import type { ConnectorErrorCode } from '../../../src/core/connector/errors.ts'
import { type Bench, type ContractCase, caught, type FailureCase } from '../case.ts'

const token = 'max-contract-token'

export const max: ContractCase = {
  settings: { token },
  proofs: {
    secret: {
      settings: { token, webhookSecret: 'a-secret-of-the-contract' },
      sign: (request) => ({ ...request, headers: { ...request.headers, 'x-max-bot-api-secret': 'a-secret-of-the-contract' } }),
    },
  },
  failures: [
    {
      name: 'a wrong token',
      code: 'auth_failed',
      provoke: async (bench) => check(bench, await vendor(bench, 401, { code: 'verify.token', message: 'Invalid access_token' })),
    },
    { name: 'nobody listens', code: 'temporary', provoke: async (bench) => check(bench, `http://127.0.0.1:${await bench.closedPort()}`) },
    refusal(400, 'proto.payload', 'rejected'),
    refusal(401, 'verify.token', 'auth_failed'),
    refusal(403, 'chat.denied', 'blocked'),
    refusal(404, 'chat.not.found', 'invalid_recipient'),
    refusal(429, 'too.many.requests', 'rate_limited', 7000),
    refusal(500, 'internal.error', 'outcome_unknown'),
    refusal(503, 'service.unavailable', 'temporary'),
    {
      name: 'sending with nobody listening',
      code: 'temporary',
      provoke: async (bench) => send(bench, `http://127.0.0.1:${await bench.closedPort()}`),
    },
    {
      name: 'the line cut after a message left',
      code: 'outcome_unknown',
      provoke: async (bench) => send(bench, await bench.httpVendor((request) => request.resume().on('end', () => request.socket.destroy()))),
    },
    { name: 'a page instead of an answer', code: 'outcome_unknown', provoke: async (bench) => send(bench, await vendor(bench, 200, '<html>')) },
    {
      name: 'a file whose link has died',
      code: 'rejected',
      provoke: async (bench) => {
        const apiRoot = await vendor(bench, 404, {})
        return caught(bench.connector.fetchMedia?.(`${apiRoot}/1.jpg`, bench.channel({ token, apiRoot }), bench.hub) ?? Promise.resolve())
      },
    },
  ],
  sessions: [
    { name: 'polling, while the question waits for its answer', open: pollQuietly },
    { name: 'polling, while nobody listens', open: async (bench) => open(bench, { apiRoot: `http://127.0.0.1:${await bench.closedPort()}` }) },
    {
      name: 'the watch over a webhook',
      open: async (bench) => open(bench, { mode: 'webhook', apiRoot: await vendor(bench, 200, { success: true }) }),
    },
  ],
}

function vendor(bench: Bench, status: number, body: unknown): Promise<string> {
  return bench.httpVendor((request, response) =>
    request.resume().on('end', () => response.writeHead(status, { 'retry-after': '7' }).end(JSON.stringify(body))),
  )
}

async function check(bench: Bench, apiRoot: string): Promise<unknown> {
  return bench.connector.check(bench.channel({ token, apiRoot }).settings, bench.hub)
}

function refusal(status: number, says: string, code: ConnectorErrorCode, retryAfterMs?: number): FailureCase {
  const provoke = async (bench: Bench) => send(bench, await vendor(bench, status, { code: says, message: 'said MAX' }))
  return { name: `${status} ${says}`, code, provoke, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }
}

async function send(bench: Bench, apiRoot: string): Promise<unknown> {
  const part = { data: { userId: '101', text: 'hi' }, files: [], idempotencyKey: 'k' }
  return caught(bench.connector.send?.(part, bench.channel({ token, apiRoot }), bench.hub) ?? Promise.resolve())
}

async function pollQuietly(bench: Bench) {
  const asked = Promise.withResolvers<void>()
  const apiRoot = await bench.httpVendor((request, response) => {
    if (request.url?.startsWith('/updates')) return asked.resolve()
    response.end(JSON.stringify({ subscriptions: [] }))
  })
  const session = open(bench, { apiRoot })
  await asked.promise
  return session
}

function open(bench: Bench, more: object) {
  const session = bench.connector.open?.(bench.channel({ token, ...more }), bench.hub)
  if (!session) throw new Error('max has lost its ability to open')
  return session
}
