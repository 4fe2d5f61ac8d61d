import { afterEach, beforeEach, expect, it } from 'vitest'
import { type ApiCall, type FakeApi, fakeApi } from '../../../tests/support/fake-api.ts'
import type { Hub } from '../../core/connector/hub.ts'
import { fetchNewLeads } from './fetch-leads.ts'
import { settings as schema } from './settings.ts'

const delivered: string[] = []
const silent = () => undefined
const hub: Hub = {
  deliver: async (_raw, options) => void delivered.push(options?.dedupeKey ?? ''),
  report: silent,
  state: { get: async () => undefined, set: async () => undefined },
  logger: { debug: silent, info: silent, warn: silent, error: silent },
  clock: { now: () => new Date() },
  fetch: (url, { untrusted: _untrusted, timeoutMs: _timeoutMs, ...init } = {}) => fetch(url, init),
}
let vendor: FakeApi

beforeEach(async () => {
  vendor = await fakeApi(answer)
})
afterEach(() => vendor.close())

function answer({ path }: ApiCall) {
  if (path.endsWith('/leadgen_forms'))
    return {
      body: {
        data: [
          { id: '1', name: 'Чужая' },
          { id: '2', name: 'Кухни' },
        ],
      },
    }
  if (path.endsWith('/1/leads')) return { status: 403, body: { error: { code: 200, message: 'no permission' } } }
  return { body: { data: [{ id: '777', field_data: [] }] } }
}

it('a form that is refused keeps no other back, and is told', async () => {
  const settings = schema.parse({ appSecret: 's', verifyToken: 'v', accessToken: 'a', pageId: '3003', apiRoot: vendor.url })
  await expect(fetchNewLeads(settings, hub, 0)).rejects.toMatchObject({ code: 'rejected' })
  expect(delivered).toEqual(['lead:777'])
})
