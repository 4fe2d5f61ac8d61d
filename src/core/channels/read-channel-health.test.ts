import { expect, test } from 'vitest'
import type { ChannelFacts } from './channel-health-store.ts'
import { advise } from './read-channel-health.ts'

const well: ChannelFacts = {
  lastDeliveryAt: new Date(),
  lastEntryAt: new Date(),
  lagMs: 20,
  longestLagMs: 50,
  today: 3,
  waiting: 0,
  waitingSeconds: 0,
  held: 0,
  parked: 0,
  quarantined: 0,
  refusedToday: 0,
  failedToday: 0,
  unconfirmed: 0,
}
const works = { state: 'ok', isPaused: false, isBroken: false }

test('a channel that works needs nothing', () => {
  expect(advise(well, works)).toEqual([])
})

test('what is most urgent stands first', () => {
  const facts = { ...well, parked: 2, refusedToday: 1, waitingSeconds: 61, unconfirmed: 1, failedToday: 1, quarantined: 4 }
  expect(advise(facts, { ...works, state: 'attention' })).toEqual([
    'sign_in_again',
    'refused',
    'parked',
    'behind',
    'unconfirmed',
    'failed',
    'quarantined',
  ])
})

test('a channel that nobody has heard is asked for its address, unless something else keeps it silent', () => {
  const silent = { ...well, lastDeliveryAt: null }
  expect(advise(silent, { ...works, state: 'waiting' })).toEqual(['nothing_came'])
  expect(advise({ ...silent, refusedToday: 3 }, works)).toEqual(['refused'])
  expect(advise(silent, { ...works, state: 'retrying' })).toEqual(['connection_lost'])
  expect(advise(silent, { ...works, isPaused: true })).toEqual(['paused'])
})
