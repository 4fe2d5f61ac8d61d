import { describe, expect, test } from 'vitest'
import { type Candidate, chooseUser } from './choose-user.ts'
import type { Sharing } from './rule.ts'

const candidate = (userId: string, changes: Partial<Candidate> = {}): Candidate => ({ userId, load: 0, position: 0, lastGivenAt: 0, ...changes })
const wish = (sharing: Sharing, ownerId: string | null = null, ownerFirst = true) => ({ sharing, ownerFirst, ownerId })
const team = [
  candidate('a', { load: 3, position: 1, lastGivenAt: 10 }),
  candidate('b', { load: 1, position: 2, lastGivenAt: 30 }),
  candidate('c', { load: 1, position: 0, lastGivenAt: 20 }),
]
const here = new Set(['a', 'b', 'c', 'owner'])

describe('the next client goes', () => {
  test('to whom the fewest wait for; of equals to who had his turn longest ago', () => {
    expect(chooseUser(wish('least_loaded'), team, here)).toEqual({ to: 'user', userId: 'c' })
  })

  test('to each in turn', () => {
    expect(chooseUser(wish('round_robin'), team, here)).toEqual({ to: 'user', userId: 'a' })
    expect(chooseUser(wish('round_robin'), [...team, candidate('new')], here)).toEqual({ to: 'user', userId: 'new' })
  })

  test('to the first of the list who is there', () => {
    expect(chooseUser(wish('in_order'), team, here)).toEqual({ to: 'user', userId: 'c' })
    expect(chooseUser(wish('in_order'), team.slice(0, 2), here)).toEqual({ to: 'user', userId: 'a' })
  })

  test('to everyone, or to nobody until somebody takes it', () => {
    expect(chooseUser(wish('everyone'), team, here)).toEqual({ to: 'everyone' })
    expect(chooseUser(wish('nobody'), team, here)).toEqual({ to: 'nobody' })
  })

  test('to the owner before all others, while he is there and the rule says so', () => {
    for (const sharing of ['least_loaded', 'nobody', 'everyone'] as const)
      expect(chooseUser(wish(sharing, 'owner'), team, here)).toEqual({ to: 'user', userId: 'owner' })
    expect(chooseUser(wish('in_order', 'gone'), team, here)).toEqual({ to: 'user', userId: 'c' })
    expect(chooseUser(wish('in_order', 'owner', false), team, here)).toEqual({ to: 'user', userId: 'c' })
  })

  test('to somebody later when nobody is there', () => {
    expect(chooseUser(wish('least_loaded'), [], new Set())).toEqual({ to: 'later' })
    expect(chooseUser(wish('everyone'), [], new Set())).toEqual({ to: 'later' })
  })
})
