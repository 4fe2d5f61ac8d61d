import type { ServerResponse } from 'node:http'
import { type Bench, type ContractCase, caught, type FailureCase } from '../case.ts'

const settings = { token: 'contract-token-of-uis', accessToken: 'contract-access-token', virtualNumber: '74950000000' }

export const uis: ContractCase = {
  settings,
  proofs: {
    secret: {
      settings,
      sign: (request) => ({
        ...request,
        body: Buffer.from(JSON.stringify({ token: settings.token, ...JSON.parse(Buffer.from(request.body).toString()) })),
      }),
    },
  },
  failures: [
    { name: 'a wrong key on check', code: 'auth_failed', provoke: (bench) => check(bench, (response) => refuse(response, -32001, 'auth_error')) },
    { name: 'a broken server on check', code: 'temporary', provoke: (bench) => check(bench, (response) => response.writeHead(502).end()) },
    { name: 'nobody listens', code: 'temporary', provoke: async (bench) => checkAt(bench, `http://127.0.0.1:${await bench.closedPort()}`) },
    refusal(-32602, 'invalid_parameter_value', 'rejected'),
    refusal(-32001, 'access_token_expired', 'auth_failed'),
    refusal(-32029, 'minute_limit', 'rate_limited', 60_000),
    refusal(-32603, 'internal_error', 'outcome_unknown'),
    { name: 'a call that breaks off', code: 'outcome_unknown', provoke: (bench) => place(bench, (response) => response.socket?.destroy()) },
    { name: 'a call and a broken server', code: 'outcome_unknown', provoke: (bench) => place(bench, (response) => response.writeHead(502).end()) },
    { name: 'a page instead of an answer', code: 'outcome_unknown', provoke: (bench) => place(bench, (response) => response.end('<html>')) },
    { name: 'a recording that is not there yet', code: 'temporary', provoke: fetchTooEarly },
    {
      name: 'a user without an employee id',
      code: 'rejected',
      provoke: (bench) => place(bench, (response) => response.end('{}'), { user: 'ivanov' }),
    },
  ],
}

function refuse(response: ServerResponse, code: number, mnemonic: string): void {
  response.end(JSON.stringify({ jsonrpc: '2.0', id: '1', error: { code, message: 'no', data: { mnemonic } } }))
}

async function check(bench: Bench, answer: (response: ServerResponse) => void): Promise<unknown> {
  return checkAt(bench, await bench.httpVendor((_request, response) => answer(response)))
}

async function checkAt(bench: Bench, dataApiRoot: string): Promise<unknown> {
  return bench.connector.check(bench.channel({ ...settings, dataApiRoot }).settings, bench.hub)
}

function refusal(status: number, mnemonic: string, code: FailureCase['code'], retryAfterMs?: number): FailureCase {
  return {
    name: `a call refused with ${status} ${mnemonic}`,
    code,
    ...(retryAfterMs && { retryAfterMs }),
    provoke: (bench) => place(bench, (response) => refuse(response, status, mnemonic)),
  }
}

async function place(bench: Bench, answer: (response: ServerResponse) => void, more: { user?: string } = {}): Promise<unknown> {
  const callApiRoot = await bench.httpVendor((_request, response) => answer(response))
  const request = { id: '01900000-0000-7000-8000-000000000001', user: '2345', to: '+79990001122', ...more }
  return caught(bench.connector.placeCall?.(request, bench.channel({ ...settings, callApiRoot }), bench.hub) ?? Promise.resolve())
}

async function fetchTooEarly(bench: Bench): Promise<unknown> {
  const mediaRoot = await bench.httpVendor((_request, response) => response.writeHead(404).end())
  const ref = `${mediaRoot}/system/media/talk/1/abc/`
  return caught(bench.connector.fetchMedia?.(ref, bench.channel({ ...settings, mediaRoot }), bench.hub) ?? Promise.resolve())
}
