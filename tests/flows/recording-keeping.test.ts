import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { systemActor } from '../../src/core/access/actor.ts'
import { noteVendorList } from '../../src/core/calls/vendor-list-store.ts'
import { createHubs } from '../../src/core/channels/hub.ts'
import type { HistoryRange } from '../../src/core/connector/calling.ts'
import { ConnectorError } from '../../src/core/connector/errors.ts'
import type { RecordingEvent } from '../../src/core/connector/event.ts'
import { eraseOutdated } from '../../src/core/recordings/erase-outdated.ts'
import { fetchRecording } from '../../src/core/recordings/fetch-recording.ts'
import { readGapHealth } from '../../src/core/recordings/gap-store.ts'
import { notePause, noteResume, readGaps } from '../../src/core/recordings/pause-store.ts'
import { reconcileRecordings } from '../../src/core/recordings/reconcile-recordings.ts'
import { readDueIds } from '../../src/core/recordings/recording-store.ts'
import type { RetentionRule } from '../../src/core/recordings/retention.ts'
import { selectOutdated } from '../../src/core/recordings/retention-store.ts'
import { saveRetention } from '../../src/core/recordings/save-retention.ts'
import { eventsConnector, type IntakeHub, intakeHub } from '../support/intake-hub.ts'
import { stereoWav } from '../support/stereo-wav.ts'
import { silentLogger } from '../support/test-connector.ts'

const day = 24 * 3_600_000
const now = new Date()
let hub: IntakeHub
let wavSeconds = 1
let isVendorAway = false
let listed: object[] = []
const asked: HistoryRange[] = []

const connector = {
  ...eventsConnector,
  async fetchMedia() {
    if (isVendorAway) throw new ConnectorError('rejected', 'The file is gone.')
    return { bytes: stereoWav(wavSeconds) }
  },
  async history(range: HistoryRange) {
    asked.push(range)
    if (isVendorAway) throw new ConnectorError('auth_failed', 'The key is wrong.')
    await hub.deliver(listed)
  },
}

beforeAll(async () => {
  hub = await intakeHub({ connector })
})
beforeEach(async () => {
  isVendorAway = false
  listed = []
  asked.length = 0
  await hub.pool.query('truncate recordings, calls, call_ids, call_events, vendor_lists, recording_pauses')
})
afterAll(() => hub.close())

const deps = () => {
  const { pool, files, vault, channels: directory } = hub
  const hubOf = createHubs({
    pool,
    vault,
    directory,
    connectors: [connector],
    publicUrl: 'http://hub.example',
    logger: silentLogger,
    deliver: hub.intake.deliver,
  })
  const noteList = (channelId: string, error: string | null) => noteVendorList(pool, channelId, error)
  return { pool, files, directory, logger: silentLogger, hubOf, publicUrl: 'http://hub.example', noteList }
}

const recordingOf = (callId: string, more: Partial<RecordingEvent> = {}): RecordingEvent => ({
  type: 'recording',
  key: `recording:${callId}:${more.state ?? 'available'}`,
  callId,
  recordingId: `of ${callId}`,
  state: 'available',
  ...(more.state === 'expected' ? {} : { ref: callId }),
  ...more,
})

/** A call that began so many days ago, and its recording as the vendor told of it. */
async function call(
  id: string,
  daysAgo: number,
  more: { direction?: 'inbound' | 'outbound'; outcome?: 'answered' | 'voicemail'; recording?: Partial<RecordingEvent> } = {},
) {
  const startedAt = new Date(now.getTime() - daysAgo * day).toISOString()
  const summary = {
    type: 'call',
    key: `summary:${id}`,
    callId: id,
    fact: 'summary',
    direction: more.direction ?? 'inbound',
    outcome: more.outcome ?? 'answered',
    occurredAt: startedAt,
    startedAt,
    answeredAt: startedAt,
    endedAt: startedAt,
    client: { identities: [{ kind: 'phone', value: '+79990001122', evidence: 'attested' }] },
  }
  await hub.deliver([summary, recordingOf(id, more.recording)])
  await hub.worker.drain()
}

async function fetchDue(): Promise<void> {
  for (const id of await readDueIds(hub.pool, 100)) await fetchRecording(deps(), id)
}

async function states(): Promise<Record<string, string>> {
  const { rows } = await hub.pool.query<{ id: string; state: string; reason: string | null }>(
    'select external_id as id, state, reason from recordings order by 1',
  )
  return Object.fromEntries(rows.map(({ id, state, reason }) => [id.slice(3), reason === null ? state : `${state}: ${reason}`]))
}

async function soundFiles(): Promise<string[]> {
  const names: string[] = []
  for await (const { name } of hub.files.list()) if (name.startsWith('recordings/')) names.push(name)
  return names
}

const rule = (days: number | null, more: Partial<RetentionRule> = {}): RetentionRule => ({
  channelId: null,
  direction: null,
  outcome: null,
  days,
  ...more,
})
const caller = { actor: systemActor }

test('what the rules would erase is told first, with numbers and names, and then exactly that is erased: the sound alone, with its reason and a line in the audit', async () => {
  wavSeconds = 1
  await call('old', 100)
  await call('young', 10)
  await call('old outbound', 100, { direction: 'outbound' })
  await call('old voicemail', 100, { outcome: 'voicemail' })
  await fetchDue()
  const kept = await soundFiles()
  expect(kept).toHaveLength(1)
  const rules = [rule(null, { outcome: 'voicemail' }), rule(365, { direction: 'outbound' }), rule(90, { channelId: hub.channelId })]
  const preview = await selectOutdated(hub.pool, rules, now)
  expect(preview).toMatchObject({ recordings: 1, bytes: stereoWav(1).length, items: [{ direction: 'inbound', outcome: 'answered', from: null }] })
  expect(preview.byRule.map(({ recordings }) => recordings)).toEqual([0, 0, 1])

  expect(await eraseOutdated(deps(), now)).toEqual({ recordings: 0, bytes: 0 })
  await saveRetention(deps(), rules, caller)
  expect(await eraseOutdated(deps(), now)).toEqual({ recordings: 1, bytes: stereoWav(1).length })
  expect(await states()).toEqual({ old: 'erased: retention', young: 'ready', 'old outbound': 'ready', 'old voicemail': 'ready' })
  expect(await soundFiles(), 'others have the same sound').toEqual(kept)

  await saveRetention(deps(), [rule(5)], caller)
  expect(await eraseOutdated(deps(), now)).toMatchObject({ recordings: 3 })
  expect(await soundFiles()).toEqual([])
  expect((await selectOutdated(hub.pool, [rule(5)], now)).recordings).toBe(0)
  const { rows } = await hub.pool.query<{ action: string; count: number | null }>(
    `select action, (detail ->> 'recordings')::int as count from audit order by at, id`,
  )
  expect(rows.filter(({ action }) => action === 'recording.outdated').map(({ count }) => count)).toEqual([1, 3])
  expect(rows.filter(({ action }) => action === 'recording_retention.changed')).toHaveLength(2)
  await saveRetention(deps(), [], caller)
})

test('more than are taken at once go all; what is awaited too, and does not come back when the vendor tells of it again', async () => {
  wavSeconds = 2
  await call('told of', 50)
  await hub.pool.query(
    `insert into recordings (id, channel_id, external_id, call_id, state, file, size)
     select gen_random_uuid(), channel_id, 'more ' || n, call_id, 'ready', 'recordings/aa/many', 10 from recordings, generate_series(1, 450) n`,
  )
  await hub.files.write('recordings/aa/many', Buffer.from('sound'))
  await saveRetention(deps(), [rule(30)], caller)
  expect(await eraseOutdated(deps(), now)).toEqual({ recordings: 451, bytes: 4500 })
  await hub.deliver([recordingOf('told of', { key: 'again' })])
  await hub.worker.drain()
  await fetchDue()
  expect((await states())['told of']).toBe('erased: retention')
  expect(await soundFiles()).toEqual([])
  await saveRetention(deps(), [], caller)
})

test('a file that a crash left behind goes the next night', async () => {
  await call('a', 3)
  await fetchDue()
  await hub.pool.query(`update recordings set state = 'erased', erased_at = now()`)
  expect(await soundFiles()).toHaveLength(1)
  await eraseOutdated(deps(), now)
  expect(await soundFiles()).toEqual([])
})

test('a recording that could not be had is tried once more each night, and comes when the vendor has it', async () => {
  isVendorAway = true
  await call('lost', 3)
  await fetchDue()
  expect(await states()).toEqual({ lost: 'missing: The file is gone.' })
  expect((await readGapHealth(hub.pool)).get(hub.channelId)).toMatchObject({ missing: 1 })
  await reconcileRecordings(deps(), hub.channelId)
  await fetchDue()
  expect(await states()).toEqual({ lost: 'missing: The file is gone.' })
  expect(await readDueIds(hub.pool, 10)).toEqual([])
  isVendorAway = false
  await reconcileRecordings(deps(), hub.channelId)
  await fetchDue()
  expect(await states()).toEqual({ lost: 'ready' })
  expect((await readGapHealth(hub.pool)).get(hub.channelId)?.missing ?? 0).toBe(0)
  expect(asked, 'it has a name: no list is needed').toEqual([])
})

test('a recording that was promised and whose name never came is found in the list of the vendor', async () => {
  await call('promised', 1, { recording: { state: 'expected' } })
  expect(await states()).toEqual({ promised: 'expected' })
  listed = [recordingOf('promised')]
  await reconcileRecordings(deps(), hub.channelId)
  await hub.worker.drain()
  await fetchDue()
  expect(await states()).toEqual({ promised: 'ready' })
  expect(asked).toHaveLength(1)
  expect(asked[0]?.from.getTime()).toBeLessThan(now.getTime() - day)
  await reconcileRecordings(deps(), hub.channelId)
  expect(asked, 'nothing is missing any more').toHaveLength(1)
})

test('what the list does not have after two days is given up with its reason, and taken when it comes after all', async () => {
  await call('never', 4, { recording: { state: 'expected' } })
  await reconcileRecordings(deps(), hub.channelId)
  expect(await states(), 'the list has just been read for the first time').toEqual({ never: 'expected' })
  await reconcileRecordings(deps(), hub.channelId)
  expect(await states()).toEqual({ never: 'missing: never_came' })
  await hub.deliver([recordingOf('never')])
  await hub.worker.drain()
  await fetchDue()
  expect(await states()).toEqual({ never: 'ready' })
})

test('told of in any order and in any number of deliveries it is fetched', async () => {
  const told = [
    recordingOf('any', { state: 'expected', key: 'e' }),
    recordingOf('any', { key: 'a', seconds: 5 }),
    recordingOf('any', { state: 'expected', key: 'e2', startedAt: now.toISOString() }),
  ]
  for (const order of [
    [0, 1, 2],
    [1, 0, 2],
    [2, 0, 1],
  ]) {
    for (const isOneDelivery of [true, false]) {
      const name = `${order.join('')} ${isOneDelivery}`
      const events = order.map((index) => ({ ...told[index], key: `${name} ${index}`, callId: name, recordingId: `of ${name}` }))
      for (const part of isOneDelivery ? [events] : events.map((event) => [event])) await hub.deliver(part)
      await hub.worker.drain()
    }
  }
  await fetchDue()
  expect([...new Set(Object.values(await states()))]).toEqual(['ready'])
  const { rows } = await hub.pool.query('select distinct started_at from recordings')
  expect(rows).toEqual([{ started_at: now }])
})

test('where it was paused is known in seconds of the recording, from its beginning or from the answer', async () => {
  wavSeconds = 30
  await call('paused', 1)
  await fetchDue()
  const { rows } = await hub.pool.query<{ id: string; call_id: string; answered_at: Date }>(
    'select r.id, r.call_id, k.answered_at from recordings r join calls k on k.id = r.call_id',
  )
  const [found] = rows
  if (!found) throw new Error('there is no recording')
  await notePause(hub.pool, found.call_id, null)
  await notePause(hub.pool, found.call_id, null)
  await noteResume(hub.pool, found.call_id)
  const at = (seconds: number) => new Date(found.answered_at.getTime() + seconds * 1000)
  await hub.pool.query('update recording_pauses set paused_at = $1, resumed_at = $2', [at(10), at(15.5)])
  expect(await readGaps(hub.pool, found.id)).toEqual([{ from: 10, to: 15.5 }])
  await hub.pool.query('update recordings set started_at = $1', [at(4)])
  expect(await readGaps(hub.pool, found.id)).toEqual([{ from: 6, to: 11.5 }])
  await hub.pool.query('update recording_pauses set resumed_at = null')
  await hub.pool.query('update calls set ended_at = $1', [at(300)])
  expect(await readGaps(hub.pool, found.id), 'to the end').toEqual([{ from: 6, to: 30 }])
})

test('what the vendor said it never made is no gap', async () => {
  await call('short', 3, { recording: { state: 'absent', reason: 'too_short', key: 'absent' } })
  await hub.pool.query('update recordings set ref = null')
  await reconcileRecordings(deps(), hub.channelId)
  expect([await states(), asked]).toEqual([{ short: 'missing: too_short' }, []])
})

test('a list that cannot be read is seen in health, with the words of the vendor', async () => {
  isVendorAway = true
  await call('unlisted', 1, { recording: { state: 'expected' } })
  await reconcileRecordings(deps(), hub.channelId)
  expect((await readGapHealth(hub.pool)).get(hub.channelId)).toEqual({ missing: 1, listError: 'The key is wrong.', listReadAt: null })
})
