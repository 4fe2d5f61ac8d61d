import type { ServerResponse } from 'node:http'
import { signAsTwilio } from '../../support/sign-as-twilio.ts'
import { type Bench, type ContractCase, caught, type FailureCase } from '../case.ts'

const settings = { accountSid: 'ACcontract', authToken: 'contract-auth-token', number: '+15551230002' }

export const twilioVoice: ContractCase = {
  settings,
  proofs: { signature: { settings, sign: (request, channel) => signAsTwilio(request, channel, settings.authToken) } },
  failures: [
    { name: 'a wrong token on check', code: 'auth_failed', provoke: (bench) => check(bench, (response) => refuse(response, 401, 20003)) },
    { name: 'nobody listens', code: 'temporary', provoke: async (bench) => checkAt(bench, `http://127.0.0.1:${await bench.closedPort()}`) },
    refusal(400, 21211, 'invalid_recipient'),
    refusal(400, 21205, 'rejected'),
    refusal(429, 20429, 'rate_limited', 5000),
    refusal(503, 20503, 'outcome_unknown'),
    { name: 'a call that breaks off', code: 'outcome_unknown', provoke: (bench) => place(bench, (response) => response.socket?.destroy()) },
    {
      name: 'a user whose phone cannot be rung',
      code: 'invalid_recipient',
      provoke: (bench) => place(bench, (response) => response.end('{}'), '101'),
    },
    { name: 'a recording that is not there yet', code: 'temporary', provoke: (bench) => fetchRecording(bench, 404) },
    { name: 'a recording that is gone', code: 'rejected', provoke: (bench) => fetchRecording(bench, 410) },
    { name: 'a list that breaks off', code: 'temporary', provoke: readHistory },
  ],
}

function refuse(response: ServerResponse, status: number, code: number): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ code, message: 'refused', more_info: '', status }))
}

async function check(bench: Bench, answer: (response: ServerResponse) => void): Promise<unknown> {
  return checkAt(bench, await bench.httpVendor((_request, response) => answer(response)))
}

async function checkAt(bench: Bench, apiRoot: string): Promise<unknown> {
  return bench.connector.check(bench.channel({ ...settings, apiRoot }).settings, bench.hub)
}

function refusal(status: number, code: number, means: FailureCase['code'], retryAfterMs?: number): FailureCase {
  const provoke = (bench: Bench) => place(bench, (response) => refuse(response, status, code))
  return { name: `a call refused with ${code}`, code: means, provoke, ...(retryAfterMs && { retryAfterMs }) }
}

async function place(bench: Bench, answer: (response: ServerResponse) => void, user = 'client:anna'): Promise<unknown> {
  const apiRoot = await bench.httpVendor((request, response) => request.resume().on('end', () => answer(response)))
  const request = { id: '01900000-0000-7000-8000-000000000001', user, to: '+15551230001' }
  return caught(bench.connector.placeCall?.(request, bench.channel({ ...settings, apiRoot }), bench.hub) ?? Promise.resolve())
}

async function fetchRecording(bench: Bench, status: number): Promise<unknown> {
  const apiRoot = await bench.httpVendor((_request, response) => response.writeHead(status).end())
  return caught(bench.connector.fetchMedia?.('RE1:2', bench.channel({ ...settings, apiRoot }), bench.hub) ?? Promise.resolve())
}

async function readHistory(bench: Bench): Promise<unknown> {
  const apiRoot = await bench.httpVendor((_request, response) => response.socket?.destroy())
  const range = { from: new Date('2026-11-21T00:00:00Z'), to: new Date('2026-11-22T00:00:00Z') }
  return caught(bench.connector.history?.(range, bench.channel({ ...settings, apiRoot }), bench.hub) ?? Promise.resolve())
}
