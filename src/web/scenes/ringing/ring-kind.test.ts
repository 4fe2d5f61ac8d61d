import { describe, expect, test } from 'vitest'
import { type CallItem, ringKind } from './ring-kind.ts'

const me = 'me'
const now = Date.parse('2026-11-22T09:00:00Z')
const leg = (userId: string | null, state: CallItem['legs'][number]['state'] = 'ringing'): CallItem['legs'][number] => ({
  id: `${userId} ${state}`,
  user: '101',
  userId,
  state,
  startedAt: null,
  answeredAt: null,
  endedAt: null,
  outcome: null,
})
const ringing: CallItem = {
  id: 'call',
  contactId: 'contact',
  contactName: null,
  channelId: 'channel',
  conversationId: null,
  entryId: null,
  direction: 'inbound',
  state: 'ringing',
  outcome: null,
  from: '+79270000001',
  to: null,
  dialled: null,
  queue: null,
  startedAt: '2026-11-22T08:59:50Z',
  answeredAt: null,
  endedAt: null,
  waitSeconds: null,
  talkSeconds: null,
  userId: null,
  disposition: null,
  note: null,
  wrappedUpAt: null,
  legs: [leg(me)],
  followUp: null,
  recordings: [],
  recordingPausedAt: null,
}
const kind = (change: Partial<CallItem>) => ringKind({ ...ringing, ...change }, me, now)

describe('what a call is for me', () => {
  test('a telephone that rings alone opens the card, a group gives a strip to those it rings', () => {
    expect(kind({})).toBe('card')
    expect(kind({ legs: [leg(me), leg('colleague')] })).toBe('strip')
    expect(kind({ legs: [leg('colleague')] })).toBe('none')
    expect(kind({ legs: [leg(me, 'left'), leg('colleague')] })).toBe('none')
  })

  test('phones that nobody was given are shown to everybody', () => {
    expect(kind({ legs: [leg(null)] })).toBe('strip')
    expect(kind({ legs: [] })).toBe('strip')
  })

  test('who answers gets the card, the others lose the strip', () => {
    const talking: Partial<CallItem> = { state: 'talking', legs: [leg(me, 'talking'), leg('colleague', 'left')], userId: me }
    expect(kind(talking)).toBe('card')
    expect(ringKind({ ...ringing, ...talking }, 'colleague', now)).toBe('none')
    expect(kind({ ...talking, legs: [leg(me, 'held')] })).toBe('card')
  })

  test('afterwards it is mine to write up until it is written up or half an hour old', () => {
    const ended: Partial<CallItem> = { state: 'ended', outcome: 'answered', userId: me, legs: [], endedAt: '2026-11-22T08:59:59Z' }
    expect(kind(ended)).toBe('wrap')
    expect(kind({ ...ended, wrappedUpAt: '2026-11-22T08:59:59Z' })).toBe('none')
    expect(kind({ ...ended, endedAt: '2026-11-22T08:00:00Z' })).toBe('none')
    expect(kind({ ...ended, userId: 'colleague' })).toBe('none')
    expect(kind({ ...ended, outcome: 'missed' })).toBe('none')
  })

  test('between two phones of ours nothing opens', () => {
    expect(kind({ direction: 'internal' })).toBe('none')
  })
})
