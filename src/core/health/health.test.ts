import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts'
import { newId } from '../database/id.ts'
import { findProblems, type Health } from './health.ts'
import { findSilences, noteSize } from './health-store.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

const day = 24 * 3_600_000
/** Sunday, 22 November 2026, 15:00 in Moscow. */
const now = new Date('2026-11-22T12:00:00Z')

async function channelHeardAt(times: Date[]): Promise<string> {
  const id = newId()
  await database.pool.query(
    `insert into channels (id, key, connector, media, name, settings) values ($1, gen_random_uuid()::text, 'form', '{form}', 'Site', '{}')`,
    [id],
  )
  await database.pool.query(
    `insert into deliveries (id, channel_id, dedupe_key, method, path, query, headers, body, size, sha256, status, received_at)
     select gen_random_uuid(), $1, n::text, 'POST', '', '', '{}', '', 0, '', 'applied', at from unnest($2::timestamptz[]) with ordinality as given(at, n)`,
    [id, times],
  )
  return id
}

/** Every day from 9 to 18 o'clock in Moscow, twice an hour, for five weeks before `until`. */
function workingHours(until: Date): Date[] {
  const times: Date[] = []
  for (let at = now.getTime() - 35 * day; at <= until.getTime(); at += 30 * 60_000) {
    const hour = new Date(at).getUTCHours()
    if (hour >= 6 && hour < 15) times.push(new Date(at))
  }
  return times
}

describe('a source is silent', () => {
  it('when it was heard at this time in former weeks, and says since when and how much was usual', async () => {
    const since = new Date('2026-11-22T06:10:00Z')
    const id = await channelHeardAt([...workingHours(new Date('2026-11-22T06:00:00Z')), since])
    expect((await findSilences(database.pool, now)).get(id)).toEqual({ since: since.toISOString(), usualPerDay: 18 })
  })
  it('not after half an hour', async () => {
    const id = await channelHeardAt(workingHours(new Date('2026-11-22T11:30:00Z')))
    expect((await findSilences(database.pool, now)).has(id)).toBe(false)
  })
  it('not in a quiet night', async () => {
    const night = new Date('2026-11-22T03:00:00Z')
    const id = await channelHeardAt(workingHours(new Date('2026-11-21T15:00:00Z')))
    expect((await findSilences(database.pool, night)).has(id)).toBe(false)
  })
  it('not on a day of the week that is always quiet', async () => {
    const id = await channelHeardAt(workingHours(new Date('2026-11-21T15:00:00Z')).filter((at) => at.getUTCDay() !== 0))
    expect((await findSilences(database.pool, now)).has(id)).toBe(false)
  })
  it('not when one campaign once made it loud', async () => {
    const burst = Array.from({ length: 300 }, (_, n) => new Date(now.getTime() - 7 * day - n * 60_000))
    const id = await channelHeardAt([new Date(now.getTime() - 35 * day), ...burst, new Date('2026-11-21T18:00:00Z')])
    expect((await findSilences(database.pool, now)).has(id)).toBe(false)
  })
  it('not before two weeks are known, and not while it is paused', async () => {
    const young = await channelHeardAt(workingHours(new Date('2026-11-22T06:00:00Z')).filter((at) => at.getTime() > now.getTime() - 10 * day))
    const paused = await channelHeardAt(workingHours(new Date('2026-11-22T06:00:00Z')))
    await database.pool.query('update channels set paused_at = now() where id = $1', [paused])
    const silences = await findSilences(database.pool, now)
    expect([young, paused].some((id) => silences.has(id))).toBe(false)
  })
})

const well: Omit<Health, 'at' | 'problems'> & { erasuresFailed: number } = {
  channels: [],
  queues: { received: 0, oldestSeconds: 0, held: 0, parked: 0, queued: 0, sending: 0, unconfirmed: 0, failedToday: 0, files: 0 },
  disk: { freeBytes: 50e9, totalBytes: 100e9, databaseBytes: 1e9, bytesPerDay: 1e6 },
  backup: { lastAt: '2026-11-22T00:05:00.000Z', bytes: 1, checkedAt: null, isEncrypted: false, everyHours: 24, failure: null, failureCode: null },
  system: { version: '1', node: '24', database: '18', isEmbedded: true, clockMs: 3, startedAt: '', erasuresOpen: 0 },
  erasuresFailed: 0,
}
const codes = (changes: Partial<typeof well>, born = new Date(0)) => findProblems({ ...well, ...changes }, now, born).map(({ code }) => code)

describe('what needs a hand', () => {
  it('is nothing on a good day', () => expect(codes({})).toEqual([]))
  it('is a backup that is two nights old, that failed, that nobody made', () => {
    expect(codes({ backup: { ...well.backup, lastAt: '2026-11-20T00:00:00.000Z' } })).toEqual(['backup_old'])
    expect(codes({ backup: { ...well.backup, failure: 'disk' } })).toEqual(['backup_failed'])
    expect(codes({ backup: { ...well.backup, lastAt: null } })).toEqual(['backup_none'])
    expect(codes({ backup: { ...well.backup, lastAt: null } }, new Date(now.getTime() - day))).toEqual([])
    expect(codes({ backup: { ...well.backup, lastAt: null, everyHours: 0 } })).toEqual(['backup_off'])
  })
  it('is a disk that is nearly full, or will be within a month', () => {
    expect(codes({ disk: { ...well.disk, freeBytes: 5e8 } })).toEqual(['disk_low'])
    expect(codes({ disk: { ...well.disk, freeBytes: 20e9, bytesPerDay: 1e9 } })).toEqual(['disk_filling'])
  })
  it('is a backlog, something parked or unconfirmed, a clock that is off, the worst first', () => {
    expect(
      codes({ queues: { ...well.queues, received: 9, oldestSeconds: 90, parked: 1, unconfirmed: 2 }, system: { ...well.system, clockMs: -9_000 } }),
    ).toEqual(['applying_behind', 'deliveries_parked', 'messages_unconfirmed', 'clock_off'])
  })
  it('is a channel that failed or is silent, unless it is paused', () => {
    const channel = {
      id: 'x',
      name: 'Mail',
      connector: 'email',
      isPaused: false,
      error: null,
      lastDeliveryAt: null,
      waiting: 0,
      waitingSeconds: 0,
      parked: 0,
      silence: null,
      recordingsMissing: 0,
      list: null,
    }
    expect(codes({ channels: [{ ...channel, state: 'attention' }] })).toEqual(['channel_failing'])
    expect(codes({ channels: [{ ...channel, state: 'ok', silence: { since: '', usualPerDay: 14 } }] })).toEqual(['channel_silent'])
    expect(codes({ channels: [{ ...channel, state: 'attention', isPaused: true }] })).toEqual([])
    expect(codes({ channels: [{ ...channel, state: 'ok', recordingsMissing: 2, list: { readAt: null, error: 'wrong key' } }] })).toEqual([
      'recordings_missing',
      'list_unread',
    ])
  })
})

it('knows how fast the database grows, from the second day on', async () => {
  expect(await noteSize(database.pool, 1_000, new Date('2026-11-20T10:00:00Z'))).toBe(null)
  expect(await noteSize(database.pool, 1_500, new Date('2026-11-20T12:00:00Z'))).toBe(null)
  expect(await noteSize(database.pool, 3_000, new Date('2026-11-22T10:00:00Z'))).toBe(1_000)
})
