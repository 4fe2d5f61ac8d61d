import type { ServerResponse } from 'node:http'
import { type Bench, type ContractCase, caught, type FailureCase } from '../case.ts'

const settings = { crmToken: 'contract-crm-token', apiKey: 'contract-api-key' }

export const megafonVats: ContractCase = {
  settings,
  proofs: {
    secret: {
      settings,
      sign(request) {
        const text = Buffer.from(request.body).toString()
        if (text.startsWith('{')) return { ...request, body: Buffer.from(JSON.stringify({ ...JSON.parse(text), crm_token: settings.crmToken })) }
        const fields = new URLSearchParams(text)
        fields.set('crm_token', settings.crmToken)
        return { ...request, body: Buffer.from(fields.toString()) }
      },
    },
  },
  failures: [
    { name: 'a wrong key on check', code: 'auth_failed', provoke: (bench) => check(bench, 403) },
    { name: 'a broken PBX on check', code: 'temporary', provoke: (bench) => check(bench, 502) },
    { name: 'nobody listens', code: 'temporary', provoke: async (bench) => checkAt(bench, `http://127.0.0.1:${await bench.closedPort()}`) },
    refusal(400, 'rejected'),
    refusal(429, 'rate_limited', 60_000),
    refusal(500, 'outcome_unknown'),
    { name: 'a call that breaks off', code: 'outcome_unknown', provoke: (bench) => place(bench, (response) => response.socket?.destroy()) },
  ],
}

async function check(bench: Bench, status: number): Promise<unknown> {
  return checkAt(bench, await bench.httpVendor((_request, response) => response.writeHead(status).end('{}')))
}

async function checkAt(bench: Bench, apiRoot: string): Promise<unknown> {
  return bench.connector.check(bench.channel({ ...settings, apiRoot }).settings, bench.hub)
}

function refusal(status: number, code: FailureCase['code'], retryAfterMs?: number): FailureCase {
  return {
    name: `a call refused with ${status}`,
    code,
    ...(retryAfterMs && { retryAfterMs }),
    provoke: (bench) => place(bench, (response) => response.writeHead(status).end('{}')),
  }
}

async function place(bench: Bench, answer: (response: ServerResponse) => void): Promise<unknown> {
  const apiRoot = await bench.httpVendor((_request, response) => answer(response))
  const request = { id: '01900000-0000-7000-8000-000000000001', user: 'ivanov', to: '+79990001122' }
  return caught(bench.connector.placeCall?.(request, bench.channel({ ...settings, apiRoot }), bench.hub) ?? Promise.resolve())
}
