import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts'
import type { BusinessHours, OpenSpan } from './rule.ts'
import { isOpen, openFrom } from './rule-store.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())

const weekdays = (...spans: OpenSpan[]): OpenSpan[][] => [spans, spans, spans, spans, spans, [], []]
const moscow: BusinessHours = { timeZone: 'Europe/Moscow', week: weekdays(['09:00', '18:00']), holidays: [] }

async function due(hours: BusinessHours | null, since: string, minutes: number): Promise<string> {
  const { rows } = await db.pool.query('select add_open_minutes($1::jsonb, $2, $3) as at', [hours && JSON.stringify(hours), since, minutes])
  return rows[0].at.toISOString()
}

async function minutes(hours: BusinessHours | null, since: string, until: string): Promise<number> {
  const { rows } = await db.pool.query('select open_minutes($1::jsonb, $2, $3) as minutes', [hours && JSON.stringify(hours), since, until])
  return rows[0].minutes
}

describe('an answer is due', () => {
  test('after its open minutes on the same day', async () => {
    expect(await due(moscow, '2026-11-23T08:00:00Z', 60)).toBe('2026-11-23T09:00:00.000Z')
  })

  test('on the next working day when it closes before, over a weekend', async () => {
    // Friday 17:40 in Moscow: 20 minutes are left of the day, 40 fall on Monday morning.
    expect(await due(moscow, '2026-11-20T14:40:00Z', 60)).toBe('2026-11-23T06:40:00.000Z')
    expect(await due(moscow, '2026-11-21T10:00:00Z', 60)).toBe('2026-11-23T07:00:00.000Z')
  })

  test('exactly at closing time when that is enough', async () => {
    expect(await due(moscow, '2026-11-23T14:00:00Z', 60)).toBe('2026-11-23T15:00:00.000Z')
  })

  test('after a holiday, and on one that is open for a while', async () => {
    const closed = { ...moscow, holidays: [{ date: '2026-11-23', name: 'Closed', open: [] }] }
    expect(await due(closed, '2026-11-23T08:00:00Z', 60)).toBe('2026-11-24T07:00:00.000Z')
    const short = { ...moscow, holidays: [{ date: '2026-11-23', name: 'Short', open: [['10:00', '10:30'] as OpenSpan] }] }
    expect(await due(short, '2026-11-23T03:00:00Z', 60)).toBe('2026-11-24T06:30:00.000Z')
  })

  test('without hours after as much time, and when it never opens too', async () => {
    expect(await due(null, '2026-11-21T10:00:00Z', 60)).toBe('2026-11-21T11:00:00.000Z')
    expect(await due({ ...moscow, week: [[], [], [], [], [], [], []] }, '2026-11-21T10:00:00Z', 60)).toBe('2026-11-21T11:00:00.000Z')
  })
})

describe('a change of the clocks', () => {
  const always: OpenSpan[][] = Array.from({ length: 7 }, () => [['00:00', '24:00']])
  const night: OpenSpan[][] = Array.from({ length: 7 }, () => [['22:00', '06:00']])
  const berlin = (week: OpenSpan[][]): BusinessHours => ({ timeZone: 'Europe/Berlin', week, holidays: [] })

  test('makes the day in March an hour shorter and the one in October an hour longer', async () => {
    expect(await minutes(berlin(always), '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z')).toBe(23 * 60)
    expect(await minutes(berlin(always), '2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z')).toBe(25 * 60)
    expect(await minutes(berlin(night), '2026-03-28T18:00:00Z', '2026-03-29T12:00:00Z')).toBe(7 * 60)
    expect(await minutes(berlin(night), '2026-10-24T18:00:00Z', '2026-10-25T12:00:00Z')).toBe(9 * 60)
  })

  test('opens at nine by the wall clock before and after it', async () => {
    const week: OpenSpan[][] = Array.from({ length: 7 }, () => [['09:00', '17:00']])
    expect((await openFrom(db.pool, berlin(week), new Date('2026-03-28T05:00:00Z')))?.toISOString()).toBe('2026-03-28T08:00:00.000Z')
    expect((await openFrom(db.pool, berlin(week), new Date('2026-03-29T05:00:00Z')))?.toISOString()).toBe('2026-03-29T07:00:00.000Z')
    expect(await due(berlin(week), '2026-03-28T15:30:00Z', 60)).toBe('2026-03-29T07:30:00.000Z')
  })
})

test('a night is open past midnight, with what began the day before', async () => {
  const night: BusinessHours = { ...moscow, week: Array.from({ length: 7 }, () => [['20:00', '02:00'] as OpenSpan]) }
  expect(await isOpen(db.pool, night, new Date('2026-11-23T22:30:00Z'))).toBe(true)
  expect(await isOpen(db.pool, night, new Date('2026-11-23T23:00:00Z'))).toBe(false)
  expect(await openFrom(db.pool, { ...moscow, week: [[], [], [], [], [], [], []] }, new Date('2026-11-23T23:00:00Z'))).toBeNull()
  expect(await isOpen(db.pool, undefined, new Date())).toBe(true)
})
