import { expect, test } from 'vitest'
import type { LoadedChannel } from '../channels/channel.ts'
import type { ChannelDirectory } from '../channels/channel-directory.ts'
import type { HistoryRange } from '../connector/calling.ts'
import { ConnectorError } from '../connector/errors.ts'
import type { Hub } from '../connector/hub.ts'
import type { Jobs } from '../jobs/queue.ts'
import { reconcileCalls } from './reconcile-calls.ts'
import { startReconciling } from './reconcile-worker.ts'

const noon = Date.parse('2026-11-22T12:00:00.000Z')
const hour = 3_600_000

/** One channel of a PBX whose statistics can be asked for, and what was asked. */
function firm(history: ((range: HistoryRange) => Promise<void>) | undefined = async () => {}) {
  const asked: [number, number][] = []
  const state = new Map<string, string>()
  const logged: string[] = []
  const noted: (string | null)[] = []
  const added: { name: string; jobId: string | undefined }[] = []
  const listeners = new Set<() => void>()
  const clock = { time: noon }
  const log = (_: object, text: string) => void logged.push(text)
  const connector = {
    manifest: { id: 'pbx' },
    ...(history && {
      async history(range: HistoryRange) {
        asked.push([range.from.getTime(), range.to.getTime()])
        await history(range)
      },
    }),
  }
  const channel = { id: 'c1', key: 'k', state: 'ok', pausedAt: null as Date | null, settings: {}, settingsFault: undefined, connector }
  const hub = {
    clock: { now: () => new Date(clock.time) },
    logger: { debug: log, info: log, warn: log, error: log },
    state: { get: async (name: string) => state.get(name), set: async (name: string, value: string) => void state.set(name, value) },
  }
  const directory = {
    byId: (id: string) => (id === channel.id ? channel : undefined),
    all: () => [channel],
    onChange(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
  const jobs = {
    define: () => {},
    every: async () => {},
    add: async (name: string, _: object, options?: { jobId?: string }) => void added.push({ name, jobId: options?.jobId }),
  }
  // Stand-ins hold what is used here and nothing else.
  const deps = {
    directory: directory as unknown as ChannelDirectory,
    hubOf: () => hub as unknown as Hub,
    publicUrl: 'http://hub.example',
    logger: hub.logger,
    noteList: async (_: string, error: string | null) => void noted.push(error),
    jobs: jobs as unknown as Jobs,
  }
  const turn = (to: LoadedChannel['state']) => {
    channel.state = to
    for (const listener of listeners) listener()
  }
  return { deps, asked, logged, noted, added, channel, clock, turn }
}

test('the first time a day is asked for, later what came since, with calls that were running then', async () => {
  const { deps, asked, clock, logged } = firm()
  await reconcileCalls(deps, 'c1')
  clock.time += 3 * hour
  await reconcileCalls(deps, 'c1')
  expect(asked).toEqual([
    [noon - 24 * hour, noon],
    [noon - 6 * hour, noon + 3 * hour],
  ])
  expect(logged).toEqual(['the calls of a time were asked for', 'the calls of a time were asked for'])
})

test('after a failure the same time is asked for again', async () => {
  let isAway = true
  const { deps, asked, clock } = firm(async () => {
    if (isAway) throw new ConnectorError('temporary', 'away')
  })
  await expect(reconcileCalls(deps, 'c1')).rejects.toThrow('away')
  isAway = false
  clock.time += hour
  await reconcileCalls(deps, 'c1')
  expect(asked[1]).toEqual([noon - 23 * hour, noon + hour])
})

test('what no repeating helps is said and left', async () => {
  const { deps, logged, noted } = firm(async () => {
    throw new ConnectorError('auth_failed', 'wrong key')
  })
  await reconcileCalls(deps, 'c1')
  expect(noted).toEqual(['wrong key'])
  expect(logged).toEqual(['the calls of a time could not be asked for'])
})

test('a paused channel, one without statistics and one that is gone are left alone', async () => {
  const paused = firm()
  paused.channel.pausedAt = new Date()
  await reconcileCalls(paused.deps, 'c1')
  await reconcileCalls(firm(undefined).deps, 'c1')
  await reconcileCalls(firm().deps, 'another')
  expect(paused.asked).toEqual([])
})

test('it is asked at the start, and when the connection is back after a break; not for every word of a channel', async () => {
  const { deps, added, turn } = firm()
  const running = await startReconciling(deps)
  expect(added).toEqual([{ name: 'reconcile-calls', jobId: 'c1' }])
  turn('ok')
  expect(added).toHaveLength(1)
  turn('retrying')
  turn('ok')
  expect(added).toHaveLength(2)
  await running.close()
  turn('attention')
  turn('ok')
  expect(added).toHaveLength(2)
})
