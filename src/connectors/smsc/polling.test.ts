import { expect, test } from 'vitest'
import type { DeliverOptions, RawDelivery } from '../../core/connector/delivery.ts'
import type { Hub } from '../../core/connector/hub.ts'
import { openPolling } from './polling.ts'
import { settings } from './settings.ts'

const read = settings.parse({ login: 'firm', password: 'p', pollSeconds: 1 })
const channel = { id: 'c', key: 'k', hookUrl: 'https://hub.example/hooks/smsc/k', settings: read }
const idsOf = ({ body }: RawDelivery): number[] => JSON.parse(Buffer.from(body).toString()).map(({ id }: { id: number }) => id)

test('what waited for days comes in pieces, oldest first, and what was told already is no delivery', async () => {
  const answers = Array.from({ length: 1500 }, (_, index) => ({ id: 1500 - index, phone: '79990001122', message: 'hi' }))
  const delivered: RawDelivery[] = []
  const state = new Map<string, string>()
  let questions = 0
  const hub: Hub = {
    deliver: async (raw, { cursor }: DeliverOptions = {}) => {
      delivered.push(raw)
      if (cursor) state.set(cursor.name, cursor.value)
    },
    report: () => undefined,
    state: { get: async (name) => state.get(name), set: async () => undefined },
    logger: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
    clock: { now: () => new Date('2026-01-05T00:00:00Z') },
    fetch: async (_url, init) => {
      const form = new URLSearchParams(String(init?.body))
      if (!form.has('get_answers')) return Response.json([])
      questions++
      // One that gives the last once more.
      return Response.json(answers.filter(({ id }) => id >= Number(form.get('after_id') ?? 0)))
    },
  }
  const session = openPolling(channel, hub)
  await expect.poll(() => questions).toBeGreaterThan(3)
  await session.close()
  expect(delivered.map(idsOf)).toEqual([
    Array.from({ length: 1000 }, (_, index) => index + 1),
    Array.from({ length: 500 }, (_, index) => index + 1001),
  ])
  expect(state.get('answers')).toBe('1500')
})
