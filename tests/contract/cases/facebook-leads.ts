import { type Bench, type ContractCase, caught } from '../case.ts'
import { answer, badCredentials, metaSecrets, signByMeta } from './meta.ts'

const settings = { ...metaSecrets, pageId: '3003' }

export const facebookLeads: ContractCase = {
  settings,
  proofs: { signature: { settings, sign: signByMeta } },
  failures: [
    ...badCredentials(settings),
    {
      name: 'a lead that may not be read',
      code: 'rejected',
      provoke: (bench) => follow(bench, 403, { code: 200, message: 'Requires leads_retrieval permission' }),
    },
    {
      name: 'a revoked token when a lead is fetched',
      code: 'auth_failed',
      provoke: (bench) => follow(bench, 401, { code: 190, message: 'expired' }),
    },
    {
      name: 'too many leads asked for',
      code: 'rate_limited',
      retryAfterMs: 30_000,
      provoke: (bench) => follow(bench, 400, { code: 80006, message: 'too many' }),
    },
  ],
  sessions: [
    { name: 'the watch, with nothing new', open: (bench) => watch(bench, 200, { data: [] }) },
    { name: 'the watch, while Meta is away', open: (bench) => watch(bench, 503, {}) },
  ],
}

async function follow(bench: Bench, status: number, error: object): Promise<unknown> {
  const apiRoot = await bench.httpVendor((_request, response) => answer(response, status, { error }))
  const body = Buffer.from(JSON.stringify({ object: 'page', entry: [{ id: '3003', changes: [{ field: 'leadgen', value: { leadgen_id: '1' } }] }] }))
  const request = { method: 'POST', path: '', query: '', headers: {}, body }
  return caught(bench.connector.afterDelivery?.(request, bench.channel({ ...settings, apiRoot }), bench.hub) ?? Promise.resolve())
}

async function watch(bench: Bench, status: number, body: object) {
  const apiRoot = await bench.httpVendor((_request, response) => answer(response, status, body))
  const session = bench.connector.open?.(bench.channel({ ...settings, apiRoot }), bench.hub)
  if (!session) throw new Error('facebook-leads has lost its ability to open')
  return session
}
