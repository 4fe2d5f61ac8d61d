import { describe, expect, test } from 'vitest'
import { callStories } from '../../../tests/support/call-stories.ts'
import { fc } from '../../../tests/support/dice.ts'
import type { CallEvent } from '../connector/event.ts'
import type { CallFactAt } from './call.ts'
import { deriveCall } from './derive-call.ts'

function factsOf(events: CallEvent[]): CallFactAt[] {
  return events.map(({ type: _type, occurredAt, ...fact }) => ({ ...fact, at: occurredAt ?? '' }))
}

describe.each(callStories)('$name', ({ events, becomes, isFinal }) => {
  const facts = factsOf(events)
  const whole = deriveCall(facts)
  const talkers = facts.flatMap((fact) => (fact.fact === 'answered' && fact.leg?.user ? [fact.leg.user] : []))

  test('becomes what it was', () => {
    const { outcome, direction, talkSeconds, waitSeconds, answeredBy } = whole
    expect({ outcome, direction, talkSeconds, waitSeconds, answeredBy }).toEqual(becomes)
    expect(whole.state).toBe('ended')
  })

  test('is the same in every order, and however often an event comes', () => {
    const shuffled = fc.shuffledSubarray(facts, { minLength: facts.length })
    fc.assert(
      fc.property(shuffled, fc.subarray(facts), (order, again) => {
        expect(deriveCall([...order, ...again])).toEqual(whole)
      }),
      { numRuns: 300 },
    )
  })

  test('no part of its events contradicts it', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(facts, { minLength: 1 }), (some) => {
        const part = deriveCall(some)
        expect([null, whole.outcome]).toContain(part.outcome)
        expect([null, ...talkers]).toContain(part.answeredBy)
        expect(part.direction).toBe(whole.direction)
        const hasTotals = isFinal && some.some((fact) => fact.fact === 'summary')
        if (hasTotals) {
          const { outcome, state, startedAt, answeredAt, endedAt, waitSeconds, talkSeconds, answeredBy } = whole
          expect(part).toMatchObject({ outcome, state, startedAt, answeredAt, endedAt, waitSeconds, talkSeconds, answeredBy })
        }
      }),
      { numRuns: 500 },
    )
  })
})

test('while it runs it says where it is', () => {
  const [, rings, answers] = factsOf(callStories[0]?.events ?? [])
  if (!rings || !answers) throw new Error('the story has begun')
  expect(deriveCall([rings])).toMatchObject({ state: 'ringing', outcome: null, legs: [{ user: '101', state: 'ringing' }] })
  expect(deriveCall([answers])).toMatchObject({ state: 'talking', outcome: null, answeredBy: '101', endedAt: null, talkSeconds: null })
})

test('a hold that nobody counts, in the second of its answer, came after it', () => {
  const common = { callId: 'c', leg: { id: 'a', user: '101' }, at: '2026-11-20T09:00:00.000Z' }
  const answered: CallFactAt = { ...common, key: 'answered', fact: 'answered', order: 2 }
  const held: CallFactAt = { ...common, key: 'held', fact: 'held' }
  for (const facts of [
    [answered, held],
    [held, answered],
  ])
    expect(deriveCall(facts).legs).toMatchObject([{ state: 'held' }])
})
