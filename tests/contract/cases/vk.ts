import type { ConnectorErrorCode } from '../../../src/core/connector/errors.ts'
import { type Bench, type ContractCase, caught, type FailureCase } from '../case.ts'

const settings = { token: 'vk1.a.contract-token', groupId: '1234' }
const secretKey = 'a-secret-of-the-contract'

export const vk: ContractCase = {
  settings,
  proofs: {
    secret: {
      settings: { ...settings, secretKey },
      sign: (request) => ({
        ...request,
        body: Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(request.body).toString()), secret: secretKey })),
      }),
    },
  },
  failures: [
    {
      name: 'a wrong token',
      code: 'auth_failed',
      provoke: async (bench) => {
        const apiRoot = await vendor(bench, { error: { error_code: 5, error_msg: 'User authorization failed: invalid access_token' } })
        return bench.connector.check(bench.channel({ ...settings, apiRoot }).settings, bench.hub)
      },
    },
    {
      name: 'nobody listens',
      code: 'temporary',
      provoke: async (bench) => {
        const apiRoot = `http://127.0.0.1:${await bench.closedPort()}`
        return bench.connector.check(bench.channel({ ...settings, apiRoot }).settings, bench.hub)
      },
    },
    refusal(1, 'temporary'),
    refusal(5, 'auth_failed'),
    refusal(6, 'rate_limited', 1000),
    refusal(9, 'rate_limited', 300_000),
    refusal(15, 'auth_failed'),
    refusal(100, 'rejected'),
    refusal(113, 'invalid_recipient'),
    refusal(901, 'blocked'),
    refusal(914, 'rejected'),
    refusal(950, 'window_closed'),
    {
      name: 'a refusal for this recipient alone',
      code: 'blocked',
      provoke: async (bench) =>
        send(bench, await vendor(bench, { response: [{ peer_id: 777, message_id: 0, error: { code: 901, description: 'no' } }] })),
    },
    {
      name: 'the line cut after messages.send left: the same random_id makes it safe to try again',
      code: 'temporary',
      provoke: async (bench) => send(bench, await bench.httpVendor((request) => request.resume().on('end', () => request.socket.destroy()))),
    },
    {
      name: 'a page instead of an answer',
      code: 'temporary',
      provoke: async (bench) => send(bench, await bench.httpVendor((_, response) => response.end('<html>'))),
    },
    {
      name: 'a file whose link has died',
      code: 'rejected',
      provoke: async (bench) => {
        const apiRoot = await bench.httpVendor((_request, response) => response.writeHead(404).end())
        return caught(bench.connector.fetchMedia?.(`${apiRoot}/doc3`, bench.channel({ ...settings, apiRoot }), bench.hub) ?? Promise.resolve())
      },
    },
  ],
  sessions: [
    { name: 'polling, while the question waits for its answer', open: pollQuietly },
    { name: 'polling, while nobody listens', open: async (bench) => open(bench, { apiRoot: `http://127.0.0.1:${await bench.closedPort()}` }) },
    {
      name: 'the watch over a webhook',
      open: async (bench) => open(bench, { mode: 'webhook', apiRoot: await vendor(bench, { response: { items: [] } }) }),
    },
  ],
}

function vendor(bench: Bench, body: object): Promise<string> {
  return bench.httpVendor((request, response) => request.resume().on('end', () => response.end(JSON.stringify(body))))
}

function refusal(number: number, code: ConnectorErrorCode, retryAfterMs?: number): FailureCase {
  const provoke = async (bench: Bench) => send(bench, await vendor(bench, { error: { error_code: number, error_msg: 'said VK' } }))
  return { name: `error ${number}`, code, provoke, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }
}

async function send(bench: Bench, apiRoot: string): Promise<unknown> {
  const part = { data: { peerId: '777', text: 'hi' }, files: [], idempotencyKey: 'k' }
  return caught(bench.connector.send?.(part, bench.channel({ ...settings, apiRoot }), bench.hub) ?? Promise.resolve())
}

async function pollQuietly(bench: Bench) {
  const asked = Promise.withResolvers<void>()
  const apiRoot: string = await bench.httpVendor((request, response) => {
    if (request.url?.startsWith('/lp')) return asked.resolve()
    response.end(JSON.stringify({ response: { key: 'k', server: `http://${request.headers.host}/lp`, ts: '1' } }))
  })
  const session = open(bench, { apiRoot })
  await asked.promise
  return session
}

function open(bench: Bench, more: object) {
  const session = bench.connector.open?.(bench.channel({ ...settings, ...more }), bench.hub)
  if (!session) throw new Error('vk has lost its ability to open')
  return session
}
