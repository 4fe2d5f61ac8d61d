import type { ServerResponse } from 'node:http'
import { signAsTwilio } from '../../support/sign-as-twilio.ts'
import { type Bench, type ContractCase, caught, type FailureCase } from '../case.ts'

const settings = { accountSid: 'ACcontract', authToken: 'contract-auth-token', from: '+15551230002', whatsappFrom: '+15551230002' }

export const twilioSms: ContractCase = {
  settings,
  proofs: { signature: { settings, sign: (request, channel) => signAsTwilio(request, channel, settings.authToken) } },
  failures: [
    { name: 'a wrong token on check', code: 'auth_failed', provoke: (bench) => checkAgainst(bench, (response) => refuse(response, 401, 20003)) },
    { name: 'nobody listens', code: 'temporary', provoke: async (bench) => checkAt(bench, `http://127.0.0.1:${await bench.closedPort()}`) },
    { name: 'a broken server on check', code: 'temporary', provoke: (bench) => checkAgainst(bench, (response) => response.writeHead(502).end()) },
    refusal(400, 21211, 'invalid_recipient'),
    refusal(400, 21614, 'invalid_recipient'),
    refusal(400, 21610, 'blocked'),
    refusal(400, 63016, 'window_closed'),
    refusal(400, 21617, 'rejected'),
    refusal(400, 21606, 'rejected'),
    refusal(400, 29999, 'rejected'),
    refusal(400, 63018, 'rate_limited', 5000),
    refusal(401, 20003, 'auth_failed'),
    refusal(500, 20500, 'outcome_unknown'),
    {
      name: 'too many requests',
      code: 'rate_limited',
      retryAfterMs: 7000,
      provoke: (bench) =>
        send(bench, (response) => response.writeHead(429, { 'retry-after': '7' }).end('{"code":20429,"message":"Too Many Requests","status":429}')),
    },
    {
      name: 'nobody listens to a message',
      code: 'temporary',
      provoke: async (bench) => sendTo(bench, `http://127.0.0.1:${await bench.closedPort()}`),
    },
    {
      name: 'the line cut after the message left',
      code: 'outcome_unknown',
      provoke: (bench) => send(bench, (response) => response.socket?.destroy()),
    },
    { name: 'a page instead of an answer', code: 'outcome_unknown', provoke: (bench) => send(bench, (response) => response.end('<html>')) },
    { name: 'media that is not there yet', code: 'temporary', provoke: (bench) => media(bench, 404) },
    { name: 'media that is gone', code: 'rejected', provoke: (bench) => media(bench, 410) },
    { name: 'media behind another password', code: 'auth_failed', provoke: (bench) => media(bench, 401) },
  ],
}

function refuse(response: ServerResponse, status: number, code: number): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ code, message: 'refused', more_info: '', status }))
}

async function checkAgainst(bench: Bench, answer: (response: ServerResponse) => void): Promise<unknown> {
  return checkAt(bench, await bench.httpVendor((_request, response) => answer(response)))
}

async function checkAt(bench: Bench, apiRoot: string): Promise<unknown> {
  return bench.connector.check(bench.channel({ ...settings, apiRoot }).settings, bench.hub)
}

function refusal(status: number, code: number, means: FailureCase['code'], retryAfterMs?: number): FailureCase {
  const provoke = (bench: Bench) => send(bench, (response) => refuse(response, status, code))
  return { name: `a message refused with ${code}`, code: means, provoke, ...(retryAfterMs && { retryAfterMs }) }
}

async function send(bench: Bench, answer: (response: ServerResponse) => void): Promise<unknown> {
  return sendTo(bench, await bench.httpVendor((request, response) => request.resume().on('end', () => answer(response))))
}

async function sendTo(bench: Bench, apiRoot: string): Promise<unknown> {
  const part = { data: { to: '+15551230001', text: 'hi' }, files: [], idempotencyKey: 'k' }
  return caught(bench.connector.send?.(part, bench.channel({ ...settings, apiRoot }), bench.hub) ?? Promise.resolve())
}

async function media(bench: Bench, status: number): Promise<unknown> {
  const apiRoot = await bench.httpVendor((_request, response) => response.writeHead(status).end())
  const ref = `${apiRoot}/2010-04-01/Accounts/ACcontract/Messages/MM1/Media/ME1`
  return caught(bench.connector.fetchMedia?.(ref, bench.channel({ ...settings, apiRoot }), bench.hub) ?? Promise.resolve())
}
