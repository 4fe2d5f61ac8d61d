import { createHash } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { type Bench, type ContractCase, caught, type FailureCase } from '../case.ts'

const settings = { login: 'firm', password: 'contract-password' }
const signed = { ...settings, secretWord: 'contract-secret-word' }

export const smsc: ContractCase = {
  settings,
  exempt: { wholeBody: 'SMSC sums some fields of a message, not its bytes' },
  proofs: {
    signature: {
      settings: signed,
      sign(request) {
        const form = new URLSearchParams(Buffer.from(request.body).toString())
        const names = form.has('mes') ? ['phone', 'mes', 'to'] : ['id', 'phone', 'status']
        const text = [...names.map((name) => form.get(name) ?? ''), signed.secretWord].join(':')
        return { ...request, body: Buffer.from(`${form}&md5=${createHash('md5').update(text).digest('hex')}`) }
      },
    },
  },
  failures: [
    { name: 'a wrong password on check', code: 'auth_failed', provoke: (bench) => check(bench, (response) => refuse(response, 2)) },
    { name: 'a broken server on check', code: 'temporary', provoke: (bench) => check(bench, (response) => response.writeHead(502).end()) },
    { name: 'nobody listens on check', code: 'temporary', provoke: async (bench) => checkAt(bench, `http://127.0.0.1:${await bench.closedPort()}`) },
    { name: 'nobody listens on sending', code: 'temporary', provoke: async (bench) => sendTo(bench, `http://127.0.0.1:${await bench.closedPort()}`) },
    refusal(1, 'rejected'),
    refusal(2, 'auth_failed'),
    refusal(3, 'auth_failed'),
    refusal(4, 'rate_limited', { retryAfterMs: 900_000 }),
    refusal(5, 'rejected'),
    refusal(6, 'rejected'),
    refusal(7, 'invalid_recipient'),
    refusal(8, 'invalid_recipient'),
    refusal(8, 'blocked', { error: 'phone is in stop list' }),
    refusal(9, 'rate_limited', { retryAfterMs: 60_000 }),
    { name: 'a line that is cut', code: 'outcome_unknown', provoke: (bench) => send(bench, (response) => response.socket?.destroy()) },
    { name: 'a broken server', code: 'outcome_unknown', provoke: (bench) => send(bench, (response) => response.writeHead(502).end()) },
    { name: 'a page instead of an answer', code: 'outcome_unknown', provoke: (bench) => send(bench, (response) => response.end('<html>')) },
  ],
  sessions: [
    { name: 'polling between two questions', open: (bench) => poll(bench, (response) => response.end('[]')) },
    { name: 'polling while the question waits for its answer', open: (bench) => poll(bench, () => undefined) },
    { name: 'polling with a wrong password', open: (bench) => poll(bench, (response) => refuse(response, 2)) },
    { name: 'no polling', open: (bench) => open(bench, { pollSeconds: 0 }) },
  ],
}

function refuse(response: ServerResponse, code: number, error = 'no'): void {
  response.end(JSON.stringify({ error, error_code: code }))
}

async function check(bench: Bench, answer: (response: ServerResponse) => void): Promise<unknown> {
  return checkAt(bench, await bench.httpVendor((_request, response) => answer(response)))
}

async function checkAt(bench: Bench, apiRoot: string): Promise<unknown> {
  return bench.connector.check(bench.channel({ ...settings, apiRoot }).settings, bench.hub)
}

function refusal(status: number, code: FailureCase['code'], more: { retryAfterMs?: number; error?: string } = {}): FailureCase {
  const { retryAfterMs, error } = more
  return {
    name: `an SMS refused with ${status}${error ? ` (${error})` : ''}`,
    code,
    ...(retryAfterMs && { retryAfterMs }),
    provoke: (bench) => send(bench, (response) => refuse(response, status, error)),
  }
}

async function send(bench: Bench, answer: (response: ServerResponse) => void): Promise<unknown> {
  return sendTo(bench, await bench.httpVendor((request, response) => request.resume().on('end', () => answer(response))))
}

async function sendTo(bench: Bench, apiRoot: string): Promise<unknown> {
  const part = { data: { to: '+79990001122', text: 'Добрый день' }, files: [], idempotencyKey: '01900000-0000-7000-8000-000000000001' }
  return caught(bench.connector.send?.(part, bench.channel({ ...settings, apiRoot }), bench.hub) ?? Promise.resolve())
}

/** Resolves when the first question has come. */
async function poll(bench: Bench, answer: (response: ServerResponse) => void) {
  let asked: () => void = () => undefined
  const isAsked = new Promise<void>((resolve) => {
    asked = resolve
  })
  const apiRoot = await bench.httpVendor((request, response) =>
    request.resume().on('end', () => {
      answer(response)
      asked()
    }),
  )
  const session = open(bench, { apiRoot })
  await isAsked
  return session
}

function open(bench: Bench, more: object) {
  const session = bench.connector.open?.(bench.channel({ ...settings, ...more }), bench.hub)
  if (!session) throw new Error('smsc has lost its ability to open')
  return session
}
