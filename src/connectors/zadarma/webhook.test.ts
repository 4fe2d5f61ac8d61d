import { expect, test } from 'vitest'
import type { CallDecision } from '../../core/connector/calling.ts'
import { settings } from './settings.ts'
import { asks, reply } from './webhook.ts'

const request = (event: string) => {
  const body = Buffer.from(new URLSearchParams({ event, caller_id: '79990001122', called_did: '74950000000' }).toString())
  return { method: 'POST', path: '', query: '', headers: {}, body }
}
const keys = { apiKey: 'k', apiSecret: 's' }
const decision: CallDecision = { kind: 'call', contactName: 'Иван', ownerNumber: '100', ring: ['100', '101'], isForAll: false, isOpen: true }

test('only an incoming call asks', () => {
  expect(asks(request('NOTIFY_START'))).toEqual({ number: '+79990001122', dialled: '+74950000000' })
  expect(asks(request('NOTIFY_INTERNAL'))).toBeUndefined()
})

test('the name goes to the display; the owner is rung first where the channel says so and he is there', () => {
  const answer = (of: object, what = decision) => JSON.parse(reply(request('NOTIFY_START'), settings.parse({ ...keys, ...of }), what).body ?? 'null')
  expect(answer({})).toEqual({ caller_name: 'Иван' })
  expect(answer({ redirectToOwner: true })).toEqual({ caller_name: 'Иван', redirect: '100', return_timeout: 15 })
  expect(answer({ redirectToOwner: true }, { ...decision, ring: ['101'] })).toEqual({ caller_name: 'Иван' })
})

test('nothing to say is an empty answer', () => {
  expect(reply(request('NOTIFY_START'), settings.parse(keys), { kind: 'stored' })).toEqual({ status: 200 })
  expect(reply(request('NOTIFY_START'), settings.parse(keys), { kind: 'call', ring: [], isForAll: true, isOpen: true })).toEqual({ status: 200 })
})
