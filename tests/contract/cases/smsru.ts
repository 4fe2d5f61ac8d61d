import { createHash } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { type Bench, type ContractCase, caught, type FailureCase } from '../case.ts'

const settings = { apiId: '00000000-contract-api-id' }

export const smsru: ContractCase = {
  settings,
  proofs: {
    signature: {
      settings,
      sign(request) {
        const form = new URLSearchParams(Buffer.from(request.body).toString())
        const data = [...form.entries()].filter(([name]) => name.startsWith('data')).map(([, value]) => value)
        const hash = createHash('sha256')
          .update([settings.apiId, ...data].join(''))
          .digest('hex')
        return { ...request, body: Buffer.from(`${form}&hash=${hash}`) }
      },
    },
  },
  failures: [
    { name: 'a wrong api_id on check', code: 'auth_failed', provoke: (bench) => check(bench, 200) },
    { name: 'an account that is not confirmed on check', code: 'auth_failed', provoke: (bench) => check(bench, 302) },
    { name: 'nobody listens on check', code: 'temporary', provoke: async (bench) => checkAt(bench, `http://127.0.0.1:${await bench.closedPort()}`) },
    { name: 'nobody listens on sending', code: 'temporary', provoke: async (bench) => sendTo(bench, `http://127.0.0.1:${await bench.closedPort()}`) },
    { name: 'sending with a wrong api_id', code: 'auth_failed', provoke: (bench) => send(bench, (response) => whole(response, 200)) },
    refusal(201, 'auth_failed'),
    refusal(202, 'invalid_recipient'),
    refusal(204, 'rejected'),
    refusal(205, 'rejected'),
    refusal(206, 'rate_limited', 3_600_000),
    refusal(207, 'invalid_recipient'),
    refusal(209, 'blocked'),
    refusal(220, 'temporary'),
    refusal(230, 'rejected'),
    refusal(500, 'temporary'),
    refusal(999, 'rejected'),
    { name: 'a line that is cut', code: 'outcome_unknown', provoke: (bench) => send(bench, (response) => response.socket?.destroy()) },
    { name: 'a broken server', code: 'outcome_unknown', provoke: (bench) => send(bench, (response) => response.writeHead(502).end()) },
    { name: 'a page instead of an answer', code: 'outcome_unknown', provoke: (bench) => send(bench, (response) => response.end('<html>')) },
    {
      name: 'an answer without the number',
      code: 'outcome_unknown',
      provoke: (bench) => send(bench, (response) => response.end('{"status":"OK","status_code":100,"sms":{}}')),
    },
    {
      name: 'too many requests',
      code: 'rate_limited',
      retryAfterMs: 60_000,
      provoke: (bench) => send(bench, (response) => response.writeHead(429).end()),
    },
  ],
}

function whole(response: ServerResponse, code: number): void {
  response.end(JSON.stringify({ status: 'ERROR', status_code: code }))
}

async function check(bench: Bench, code: number): Promise<unknown> {
  return checkAt(bench, await bench.httpVendor((_request, response) => whole(response, code)))
}

async function checkAt(bench: Bench, apiRoot: string): Promise<unknown> {
  return bench.connector.check(bench.channel({ ...settings, apiRoot }).settings, bench.hub)
}

/** The whole is fine, the number is not. */
function refusal(status: number, code: FailureCase['code'], retryAfterMs?: number): FailureCase {
  const answer = JSON.stringify({ status: 'OK', status_code: 100, sms: { '79990001122': { status: 'ERROR', status_code: status } } })
  return {
    name: `a number refused with ${status}`,
    code,
    ...(retryAfterMs && { retryAfterMs }),
    provoke: (bench) => send(bench, (response) => response.end(answer)),
  }
}

async function send(bench: Bench, answer: (response: ServerResponse) => void): Promise<unknown> {
  return sendTo(bench, await bench.httpVendor((request, response) => request.resume().on('end', () => answer(response))))
}

async function sendTo(bench: Bench, apiRoot: string): Promise<unknown> {
  const part = { data: { to: '+79990001122', text: 'Добрый день' }, files: [], idempotencyKey: 'k' }
  return caught(bench.connector.send?.(part, bench.channel({ ...settings, apiRoot }), bench.hub) ?? Promise.resolve())
}
