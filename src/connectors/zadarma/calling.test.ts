import { expect, test } from 'vitest'
import type { RawDelivery } from '../../core/connector/delivery.ts'
import type { Hub } from '../../core/connector/hub.ts'
import { directory, history, placeCall } from './calling.ts'
import { settings } from './settings.ts'

const read = settings.parse({ apiKey: 'user', apiSecret: 'secret1', apiRoot: 'https://api.novofon.com/' })
const channel = { id: 'c', key: 'k', hookUrl: 'https://hub.example/hooks/zadarma/k', settings: read }

function fakeHub(answer: (url: URL) => unknown) {
  const asked: URL[] = []
  const delivered: RawDelivery[] = []
  const hub: Hub = {
    deliver: async (raw) => void delivered.push(raw),
    report: () => undefined,
    state: { get: async () => undefined, set: async () => undefined },
    logger: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
    clock: { now: () => new Date('2026-01-05T00:00:00Z') },
    fetch: async (url) => {
      asked.push(new URL(url))
      return Response.json(answer(new URL(url)))
    },
  }
  return { hub, asked, delivered }
}

test('a call is asked for once, at the address of the settings', async () => {
  const { hub, asked } = fakeHub(() => ({ status: 'success' }))
  await placeCall({ id: 'r', user: '100', to: '+79990001122' }, channel, hub)
  expect(asked.map(String)).toEqual(['https://api.novofon.com/v1/request/callback/?format=json&from=100&to=79990001122'])
})

test('statistics are asked for by the clock of the account, a month and a thousand rows at a time', async () => {
  const full = Array.from({ length: 1000 }, (_, index) => ({ callstart: '2026-01-02 03:04:05', pbx_call_id: `in_${index}` }))
  const { hub, asked, delivered } = fakeHub((url) => ({
    stats: url.searchParams.get('skip') === '0' && url.searchParams.get('start') === '2025-12-01 03:00:00' ? full : [],
  }))
  await history({ from: new Date('2025-12-01T00:00:00Z'), to: new Date('2026-01-02T00:00:00Z') }, channel, hub)
  const windows = asked.map(({ searchParams }) => ['start', 'end', 'skip'].map((name) => searchParams.get(name)))
  expect(windows).toEqual([
    ['2025-12-01 03:00:00', '2025-12-29 03:00:00', '0'],
    ['2025-12-01 03:00:00', '2025-12-29 03:00:00', '1000'],
    ['2025-12-29 03:00:00', '2026-01-02 03:00:00', '0'],
  ])
  expect(delivered).toHaveLength(1)
})

test('extensions come with a name or without', async () => {
  const { hub } = fakeHub(() => ({ status: 'success', pbx_id: 1234, numbers: [100, { number: '101', name: 'Anna' }] }))
  expect(await directory(channel, hub)).toEqual([{ number: '100' }, { number: '101', name: 'Anna' }])
})
