import { expect, test } from 'vitest'
import { z } from 'zod'
import type { RawDelivery } from '../../core/connector/delivery.ts'
import type { Hub } from '../../core/connector/hub.ts'
import { controlCall, directory, history, placeCall } from './calling.ts'
import { settings } from './settings.ts'

const read = settings.parse({ token: 'token-of-the-test', accessToken: 'key', virtualNumber: '74950000000' })
const channel = { id: 'c', key: 'k', hookUrl: 'https://hub.example/hooks/uis/k', settings: read }
const request = z.object({ method: z.string(), params: z.looseObject({ offset: z.number().optional() }) })
type Asked = z.infer<typeof request>

function fakeHub(answer: (asked: Asked) => object) {
  const asked: (Asked & { url: string })[] = []
  const delivered: RawDelivery[] = []
  const hub: Hub = {
    deliver: async (raw) => void delivered.push(raw),
    report: () => undefined,
    state: { get: async () => undefined, set: async () => undefined },
    logger: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
    clock: { now: () => new Date('2026-01-05T00:00:00Z') },
    fetch: async (url, init) => {
      const one = request.parse(JSON.parse(String(init?.body)))
      asked.push({ ...one, url })
      return Response.json({ jsonrpc: '2.0', id: '1', ...answer(one) })
    },
  }
  return { hub, asked, delivered }
}

test('a call is asked for once, under our id, and UIS names it', async () => {
  const { hub, asked } = fakeHub(() => ({ result: { data: { call_session_id: 180123456 } } }))
  expect(await placeCall({ id: 'r1', user: '2345', to: '+79990001122' }, channel, hub)).toEqual({ callId: '180123456' })
  expect(asked).toMatchObject([
    {
      url: 'https://callapi.uiscom.ru/v4.0',
      method: 'start.employee_call',
      params: { access_token: 'key', contact: '79990001122', virtual_phone_number: '74950000000', employee: { id: 2345 }, external_id: 'r1' },
    },
  ])
})

test('hanging up and holding are one request each', async () => {
  const { hub, asked } = fakeHub(() => ({ result: { data: {} } }))
  for (const name of ['hang_up', 'hold', 'resume'] as const) await controlCall({ name, callId: '180123456' }, channel, hub)
  expect(asked.map(({ method, params }) => [method, params.call_session_id])).toEqual([
    ['release.call', 180123456],
    ['hold.call', 180123456],
    ['unhold.call', 180123456],
  ])
})

test('a transfer calls the colleague and joins the two when he has answered', async () => {
  let tries = 0
  const { hub, asked } = fakeHub(({ method }) => {
    const isTooEarly = method === 'transfer.talk' && ++tries < 2
    return isTooEarly ? { error: { code: -32602, message: 'no talk yet' } } : { result: { data: {} } }
  })
  await controlCall({ name: 'transfer', callId: '1', to: '+79990003344' }, channel, hub)
  expect(asked.map(({ method }) => method)).toEqual(['make.call', 'transfer.talk', 'transfer.talk'])
  expect(asked[0]?.params.to).toBe('79990003344')
})

test('a call that UIS has not named cannot be acted on', async () => {
  const { hub, asked } = fakeHub(() => ({}))
  await expect(controlCall({ name: 'hang_up', callId: 'request:1' }, channel, hub)).rejects.toMatchObject({ code: 'rejected' })
  expect(asked).toEqual([])
})

test('the report is asked for by the clock of the cabinet, five hundred calls a page', async () => {
  const { hub, asked, delivered } = fakeHub(({ params }) => ({
    result: { data: params.offset === 0 ? Array.from({ length: 500 }, (_, id) => ({ id })) : [{ id: 500 }] },
  }))
  await history({ from: new Date('2026-01-01T00:00:00Z'), to: new Date('2026-01-02T00:00:00Z') }, channel, hub)
  expect(asked.map(({ params }) => [params.date_from, params.date_till, params.offset])).toEqual([
    ['2026-01-01 03:00:00', '2026-01-02 03:00:00', 0],
    ['2026-01-01 03:00:00', '2026-01-02 03:00:00', 500],
  ])
  expect(delivered).toHaveLength(2)
})

test('employees are offered by their ids', async () => {
  const { hub } = fakeHub(() => ({ result: { data: [{ id: 2345, full_name: 'Анна', email: null }] } }))
  expect(await directory(channel, hub)).toEqual([{ number: '2345', name: 'Анна' }])
})
