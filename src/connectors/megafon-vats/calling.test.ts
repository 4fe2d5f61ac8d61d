import { expect, test } from 'vitest'
import type { RawDelivery } from '../../core/connector/delivery.ts'
import type { Hub } from '../../core/connector/hub.ts'
import { mostEvents } from '../../core/intake/read-events.ts'
import { fetchMedia, history } from './calling.ts'
import { normalise } from './inbound.ts'
import { settings } from './settings.ts'

const read = settings.parse({ crmToken: 't', apiKey: 'secret-key', apiRoot: 'https://firm.megapbx.ru/crmapi/v1' })
const channel = { id: 'c', key: 'k', hookUrl: 'https://hub.example/hooks/megafon-vats/k', settings: read }

interface Asked {
  url: string
  key: string | null
  untrusted: boolean | undefined
}

function fakeHub(answer: (url: string) => Response) {
  const asked: Asked[] = []
  const delivered: RawDelivery[] = []
  const hub: Hub = {
    deliver: async (raw) => void delivered.push(raw),
    report: () => undefined,
    state: { get: async () => undefined, set: async () => undefined },
    logger: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
    clock: { now: () => new Date('2026-01-05T00:00:00Z') },
    fetch: async (url, { headers, untrusted } = {}) => {
      asked.push({ url, key: new Headers(headers).get('x-api-key'), untrusted })
      return answer(url)
    },
  }
  return { hub, asked, delivered }
}

test('the history of a month is handed over in pieces that can be read', async () => {
  const rows = Array.from({ length: 1201 }, (_, index) => ({ uid: `c-${index}`, type: 'in', record: `https://rec.example/${index}.mp3` }))
  const { hub, delivered } = fakeHub(() => Response.json(rows))
  await history({ from: new Date('2026-01-01T00:00:00Z'), to: new Date('2026-01-31T00:00:00Z') }, channel, hub)
  const events = delivered.map((raw) => normalise({ ...raw, receivedAt: new Date() }))
  expect(events.map((one) => one.length)).toEqual([1000, 1000, 402])
  expect(Math.max(...events.map((one) => one.length))).toBeLessThanOrEqual(mostEvents)
})

test('nothing to tell is no delivery', async () => {
  const { hub, delivered } = fakeHub(() => Response.json([]))
  await history({ from: new Date('2026-01-01T00:00:00Z'), to: new Date('2026-01-02T00:00:00Z') }, channel, hub)
  expect(delivered).toEqual([])
})

test('the key goes to the PBX and not on to the storage it sends us to', async () => {
  const { hub, asked } = fakeHub((url) =>
    url.endsWith('/rec/1')
      ? new Response(null, { status: 302, headers: { location: 'https://storage.example/1.mp3' } })
      : new Response('sound', { headers: { 'content-type': 'audio/mpeg' } }),
  )
  expect(await fetchMedia('https://firm.megapbx.ru/rec/1', channel, hub)).toMatchObject({ type: 'audio/mpeg' })
  expect(asked).toEqual([
    { url: 'https://firm.megapbx.ru/rec/1', key: 'secret-key', untrusted: false },
    { url: 'https://storage.example/1.mp3', key: null, untrusted: true },
  ])
})
