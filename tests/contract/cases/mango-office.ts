import type { IncomingMessage, ServerResponse } from 'node:http'
import { signAsMango } from '../../support/fake-mango.ts'
import { type Bench, type ContractCase, caught, type FailureCase } from '../case.ts'

const settings = { apiKey: 'contract-key', apiSalt: 'contract-salt' }

export const mangoOffice: ContractCase = {
  settings,
  proofs: {
    signature: {
      settings,
      sign(request) {
        const json = new URLSearchParams(Buffer.from(request.body).toString()).get('json') ?? '{}'
        return { ...request, method: 'POST', body: Buffer.from(signAsMango(json, settings).toString()) }
      },
    },
  },
  failures: [
    { name: 'a wrong salt on check', code: 'auth_failed', provoke: (bench) => check(bench, 3102) },
    { name: 'a wrong code on check', code: 'auth_failed', provoke: (bench) => check(bench, 3105) },
    { name: 'nobody listens', code: 'temporary', provoke: async (bench) => checkAt(bench, `http://127.0.0.1:${await bench.closedPort()}`) },
    refusal(4501, 'rate_limited', 60_000),
    refusal(3211, 'invalid_recipient'),
    refusal(3310, 'rejected'),
    refusal(4210, 'temporary'),
    refusal(5001, 'temporary'),
    { name: 'a callback that breaks off', code: 'outcome_unknown', provoke: (bench) => place(bench, (response) => response.socket?.destroy()) },
    {
      name: 'a callback and a broken server',
      code: 'outcome_unknown',
      provoke: (bench) => place(bench, (response) => response.writeHead(502).end()),
    },
    { name: 'a recording that is not ready', code: 'temporary', provoke: (bench) => fetchRecording(bench, (_, response) => refuse(response, 3320)) },
  ],
}

function refuse(response: ServerResponse, code: number): void {
  response.writeHead(420, { 'content-type': 'application/json' }).end(JSON.stringify({ code }))
}

async function check(bench: Bench, code: number): Promise<unknown> {
  return checkAt(bench, await bench.httpVendor((_request, response) => refuse(response, code)))
}

async function checkAt(bench: Bench, apiRoot: string): Promise<unknown> {
  return bench.connector.check(bench.channel({ ...settings, apiRoot }).settings, bench.hub)
}

function refusal(code: number, means: FailureCase['code'], retryAfterMs?: number): FailureCase {
  return {
    name: `a callback refused with ${code}`,
    code: means,
    ...(retryAfterMs && { retryAfterMs }),
    provoke: (bench) => place(bench, (response) => refuse(response, code)),
  }
}

async function place(bench: Bench, answer: (response: ServerResponse) => void): Promise<unknown> {
  const apiRoot = await bench.httpVendor((_request, response) => answer(response))
  const request = { id: '01900000-0000-7000-8000-000000000001', user: '101', to: '+79990001122' }
  return caught(bench.connector.placeCall?.(request, bench.channel({ ...settings, apiRoot }), bench.hub) ?? Promise.resolve())
}

async function fetchRecording(bench: Bench, answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<unknown> {
  const apiRoot = await bench.httpVendor(answer)
  return caught(bench.connector.fetchMedia?.('rec1', bench.channel({ ...settings, apiRoot }), bench.hub) ?? Promise.resolve())
}
