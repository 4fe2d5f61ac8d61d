import { createHmac } from 'node:crypto'
import type { ConnectorErrorCode } from '../../../src/core/connector/errors.ts'
import { type Bench, type ContractCase, caught, type FailureCase } from '../case.ts'

const token = '4f5e6d7c8b9a-contract-key'

export const viber: ContractCase = {
  settings: { token },
  proofs: {
    signature: {
      settings: { token },
      sign: (request) => {
        const signature = createHmac('sha256', token).update(request.body).digest('hex')
        return { ...request, headers: { ...request.headers, 'x-viber-content-signature': signature } }
      },
    },
  },
  failures: [
    {
      name: 'a wrong key',
      code: 'auth_failed',
      provoke: async (bench) => check(bench, await vendor(bench, { status: 2, status_message: 'invalidAuthToken' })),
    },
    { name: 'nobody listens', code: 'temporary', provoke: async (bench) => check(bench, `http://127.0.0.1:${await bench.closedPort()}`) },
    refusal(2, 'auth_failed'),
    refusal(3, 'rejected'),
    refusal(5, 'invalid_recipient'),
    refusal(6, 'blocked'),
    refusal(9, 'auth_failed'),
    refusal(10, 'auth_failed'),
    refusal(12, 'rate_limited', 10_000),
    refusal(13, 'rejected'),
    refusal(99, 'rejected'),
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
    { name: 'accepted without a token', code: 'outcome_unknown', provoke: async (bench) => send(bench, await vendor(bench, { status: 0 })) },
    {
      name: 'a file whose link has died',
      code: 'rejected',
      provoke: async (bench) => {
        const apiRoot = await bench.httpVendor((_request, response) => response.writeHead(404).end())
        return caught(bench.connector.fetchMedia?.(`${apiRoot}/1.jpg`, bench.channel({ token, apiRoot }), bench.hub) ?? Promise.resolve())
      },
    },
  ],
}

function vendor(bench: Bench, body: object): Promise<string> {
  return bench.httpVendor((request, response) => request.resume().on('end', () => response.end(JSON.stringify(body))))
}

async function check(bench: Bench, apiRoot: string): Promise<unknown> {
  return bench.connector.check(bench.channel({ token, apiRoot }).settings, bench.hub)
}

function refusal(status: number, code: ConnectorErrorCode, retryAfterMs?: number): FailureCase {
  const provoke = async (bench: Bench) => send(bench, await vendor(bench, { status, status_message: 'said Viber' }))
  return { name: `status ${status}`, code, provoke, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }
}

async function send(bench: Bench, apiRoot: string): Promise<unknown> {
  const part = { data: { receiver: '01234567890A=', text: 'hi' }, files: [], idempotencyKey: 'k' }
  return caught(bench.connector.send?.(part, bench.channel({ token, apiRoot }), bench.hub) ?? Promise.resolve())
}
