import type { ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import type { ConnectorErrorCode } from '../../../src/core/connector/errors.ts'
import { type Bench, type ContractCase, caught, type FailureCase } from '../case.ts'

const token = '123456789:AAE-contract_token'

export const telegram: ContractCase = {
  settings: { token },
  proofs: {
    secret: {
      settings: { token, webhookSecret: 'a-secret-of-the-contract' },
      sign: (request) => ({ ...request, headers: { ...request.headers, 'x-telegram-bot-api-secret-token': 'a-secret-of-the-contract' } }),
    },
  },
  failures: [
    { name: 'a wrong token', code: 'auth_failed', provoke: (bench) => checkAgainst(bench, 401, 'Unauthorized') },
    { name: 'no such bot', code: 'auth_failed', provoke: (bench) => checkAgainst(bench, 404, 'Not Found') },
    { name: 'nobody listens', code: 'temporary', provoke: checkAgainstNobody },
    { name: 'a broken server on check', code: 'temporary', provoke: (bench) => checkAgainst(bench, 502, 'Bad Gateway') },
    refusal(429, 'Too Many Requests: retry after 7', 'rate_limited', { parameters: { retry_after: 7 } }, 7000),
    refusal(401, 'Unauthorized', 'auth_failed'),
    refusal(403, 'Forbidden: bot was blocked by the user', 'blocked'),
    refusal(403, 'Forbidden: user is deactivated', 'blocked'),
    refusal(400, 'Bad Request: chat not found', 'invalid_recipient'),
    refusal(400, 'Bad Request: message text is empty', 'rejected'),
    refusal(400, 'Bad Request: file is too big', 'rejected'),
    refusal(400, "Bad Request: can't parse entities", 'rejected'),
    refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', 'rejected', { parameters: { migrate_to_chat_id: -100 } }),
    refusal(400, 'Bad Request: BUSINESS_PEER_USAGE_MISSING', 'window_closed'),
    refusal(500, 'Internal Server Error', 'outcome_unknown'),
    refusal(502, 'Bad Gateway', 'outcome_unknown'),
    { name: 'sendMessage with nobody listening', code: 'temporary', provoke: sendToNobody },
    {
      name: 'the line cut after sendMessage left',
      code: 'outcome_unknown',
      provoke: (bench) => send(bench, (response) => response.socket?.destroy()),
    },
    { name: 'a page instead of an answer', code: 'outcome_unknown', provoke: (bench) => send(bench, (response) => response.end('<html>')) },
  ],
  sessions: [
    { name: 'polling, while the question waits for its answer', open: pollQuietly },
    { name: 'polling, while nobody listens', open: async (bench) => open(bench, { apiRoot: `http://127.0.0.1:${await bench.closedPort()}` }) },
    { name: 'the watch over a webhook', open: watchWebhook },
  ],
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

async function checkAgainst(bench: Bench, status: number, description: string): Promise<unknown> {
  const apiRoot = await bench.httpVendor((_request, response) => answer(response, status, { ok: false, error_code: status, description }))
  return bench.connector.check(bench.channel({ token, apiRoot }).settings, bench.hub)
}

async function checkAgainstNobody(bench: Bench): Promise<unknown> {
  return bench.connector.check(bench.channel({ token, apiRoot: `http://127.0.0.1:${await bench.closedPort()}` }).settings, bench.hub)
}

function refusal(status: number, description: string, code: ConnectorErrorCode, more: object = {}, retryAfterMs?: number): FailureCase {
  const provoke = (bench: Bench) => send(bench, (response) => answer(response, status, { ok: false, error_code: status, description, ...more }))
  return { name: `${status} ${description}`, code, provoke, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }
}

async function send(bench: Bench, respond: (response: ServerResponse) => void): Promise<unknown> {
  const apiRoot = await bench.httpVendor((request, response) => request.resume().on('end', () => respond(response)))
  return sendTo(bench, apiRoot)
}

async function sendToNobody(bench: Bench): Promise<unknown> {
  return sendTo(bench, `http://127.0.0.1:${await bench.closedPort()}`)
}

async function sendTo(bench: Bench, apiRoot: string): Promise<unknown> {
  const part = { data: { method: 'sendMessage', chatId: '5551', text: 'hi' }, files: [], idempotencyKey: 'k' }
  return caught(bench.connector.send?.(part, bench.channel({ token, apiRoot }), bench.hub) ?? Promise.resolve())
}

async function pollQuietly(bench: Bench) {
  let asked: () => void = () => undefined
  const isAsked = new Promise<void>((resolve) => {
    asked = resolve
  })
  const apiRoot = await bench.httpVendor(() => asked())
  const session = open(bench, { apiRoot })
  await isAsked
  return session
}

async function watchWebhook(bench: Bench) {
  const apiRoot = await bench.httpVendor((_request, response) =>
    answer(response, 200, { ok: true, result: { url: bench.channel({ token }).hookUrl } }),
  )
  const session = open(bench, { apiRoot, mode: 'webhook' })
  await wait(100)
  return session
}

function open(bench: Bench, settings: object) {
  const session = bench.connector.open?.(bench.channel({ token, ...settings }), bench.hub)
  if (!session) throw new Error('telegram has lost its ability to open')
  return session
}
