import { createHmac } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { type Bench, type ContractCase, caught, type FailureCase } from '../case.ts'

const settings = { apiKey: 'contract-key-of-zadarma', apiSecret: 'contract-secret' }

const signed: Record<string, string[]> = {
  NOTIFY_ANSWER: ['caller_id', 'destination', 'call_start'],
  NOTIFY_OUT_START: ['internal', 'destination', 'call_start'],
  NOTIFY_OUT_END: ['internal', 'destination', 'call_start'],
  NOTIFY_RECORD: ['pbx_call_id', 'call_id_with_rec'],
  SMS: ['result'],
  NUMBER_LOOKUP: ['result'],
  SPEECH_RECOGNITION: ['result'],
}

export const zadarma: ContractCase = {
  settings,
  exempt: { wholeBody: 'Zadarma signs some fields of an event, not its bytes' },
  proofs: {
    signature: {
      settings,
      sign(request) {
        const text = Buffer.from(request.body).toString()
        const field = (name: string) => (text.startsWith('--') ? multipartField(text, name) : new URLSearchParams(text).get(name)) ?? ''
        const data = (signed[field('event')] ?? ['caller_id', 'called_did', 'call_start']).map(field).join('')
        const hex = createHmac('sha1', settings.apiSecret).update(data).digest('hex')
        return { ...request, headers: { ...request.headers, signature: Buffer.from(hex).toString('base64') } }
      },
    },
  },
  failures: [
    { name: 'a wrong secret on check', code: 'auth_failed', provoke: (bench) => check(bench, 401, 'Not authorized') },
    { name: 'a broken server on check', code: 'temporary', provoke: (bench) => check(bench, 502) },
    { name: 'nobody listens', code: 'temporary', provoke: async (bench) => checkAt(bench, `http://127.0.0.1:${await bench.closedPort()}`) },
    refusal(400, 'rejected'),
    refusal(429, 'rate_limited', 60_000),
    refusal(500, 'outcome_unknown'),
    { name: 'a call that breaks off', code: 'outcome_unknown', provoke: (bench) => place(bench, (response) => response.socket?.destroy()) },
    {
      name: 'an error with the status 200',
      code: 'rejected',
      provoke: (bench) => place(bench, (response) => response.end('{"status":"error","message":"Wrong parameters!"}')),
    },
    { name: 'a recording that is not ready', code: 'temporary', provoke: fetchTooEarly },
  ],
}

function multipartField(text: string, name: string): string | undefined {
  return new RegExp(`name="${name}"\\r\\n\\r\\n(.*?)\\r\\n--`, 's').exec(text)?.[1]
}

async function check(bench: Bench, status: number, message = 'trouble'): Promise<unknown> {
  const answer = JSON.stringify({ status: 'error', message })
  return checkAt(bench, await bench.httpVendor((_request, response) => response.writeHead(status).end(answer)))
}

async function checkAt(bench: Bench, apiRoot: string): Promise<unknown> {
  return bench.connector.check(bench.channel({ ...settings, apiRoot }).settings, bench.hub)
}

function refusal(status: number, code: FailureCase['code'], retryAfterMs?: number): FailureCase {
  return {
    name: `a call refused with ${status}`,
    code,
    ...(retryAfterMs && { retryAfterMs }),
    provoke: (bench) => place(bench, (response) => response.writeHead(status).end('{"status":"error","message":"no"}')),
  }
}

async function place(bench: Bench, answer: (response: ServerResponse) => void): Promise<unknown> {
  const apiRoot = await bench.httpVendor((_request, response) => answer(response))
  const request = { id: '01900000-0000-7000-8000-000000000001', user: '100', to: '+79990001122' }
  return caught(bench.connector.placeCall?.(request, bench.channel({ ...settings, apiRoot }), bench.hub) ?? Promise.resolve())
}

async function fetchTooEarly(bench: Bench): Promise<unknown> {
  const apiRoot = await bench.httpVendor((_request, response) => response.writeHead(404).end('{"status":"error","message":"not found"}'))
  return caught(bench.connector.fetchMedia?.('1700000000.1', bench.channel({ ...settings, apiRoot }), bench.hub) ?? Promise.resolve())
}
