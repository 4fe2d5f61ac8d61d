import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { presentCalls } from '../../src/core/calls/present-call.ts'
import { newId } from '../../src/core/database/id.ts'
import { callStories, storyClient } from '../support/call-stories.ts'
import { type IntakeHub, intakeHub } from '../support/intake-hub.ts'

let hub: IntakeHub
beforeAll(async () => {
  hub = await intakeHub()
})
afterAll(() => hub.close())

/** The story's events, told of another call and another client. */
function retold(name: string, id: string, client = storyClient): Record<string, unknown>[] {
  const story = callStories.find((one) => one.name === name)
  if (!story) throw new Error(`no story ${name}`)
  return story.events.map((event) => JSON.parse(JSON.stringify(event).replaceAll(event.callId, id).replaceAll(storyClient, client)))
}

async function callNamed(id: string) {
  const { rows } = await hub.pool.query<{ id: string }>('select c.id from call_ids i join calls c on c.id = i.call_id where i.external_id = $1', [id])
  return (
    await presentCalls(
      hub.pool,
      rows.map((row) => row.id),
    )
  )[0]
}

const shuffled = <Item>(items: Item[]): Item[] =>
  items
    .map((item) => [Math.random(), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item)

async function waitingOf(client: string): Promise<Date | null | undefined> {
  const { rows } = await hub.pool.query<{ waiting_since: Date | null }>(
    `select v.waiting_since from identities i join contact_identities ci on ci.identity_id = i.id join conversations v on v.contact_id = ci.contact_id where i.value = $1`,
    [client],
  )
  return rows[0]?.waiting_since
}

describe('a call', () => {
  test('of a stranger makes one card, one lead and one entry, in whatever order and however often its events come', async () => {
    const events = retold('queue then answer', 'stranger', '+79990001001')
    await Promise.all(shuffled([...events, ...events]).map((event) => hub.deliver([event])))
    await hub.worker.drain()
    const call = await callNamed('stranger')
    expect(call).toMatchObject({
      state: 'ended',
      outcome: 'answered',
      direction: 'inbound',
      waitSeconds: 30,
      talkSeconds: 60,
      dialled: '+74950000000',
    })
    expect(call?.legs).toMatchObject([{ user: '101' }, { user: '102' }])
    const { rows } = await hub.pool.query(
      `select e.kind, e.call_id, e.direction, e.sort_at, (select count(*)::int from leads l where l.contact_id = e.contact_id) as leads from entries e where e.contact_id = $1`,
      [call?.contactId],
    )
    expect(rows).toEqual([{ kind: 'call', call_id: call?.id, direction: 'inbound', sort_at: new Date(call?.startedAt ?? ''), leads: 1 }])
  })

  test('rings the card before anybody answers, and tells consoles each change', async () => {
    const [started, ringing] = retold('answered', 'live', '+79990001002')
    await hub.deliver([started, ringing])
    await hub.worker.drain()
    const call = await callNamed('live')
    expect(call).toMatchObject({ state: 'ringing', outcome: null })
    const { rows } = await hub.pool.query(
      `select payload ->> 'state' as state, contact_id from live_events where type = 'call.changed' and subject_id = $1`,
      [call?.id],
    )
    expect(rows).toEqual([{ state: 'ringing', contact_id: call?.contactId }])
  })

  test('between two phones of ours is kept, and is on no card', async () => {
    await hub.deliver(retold('internal', 'inside'))
    await hub.worker.drain()
    expect(await callNamed('inside')).toMatchObject({ direction: 'internal', outcome: 'answered', contactId: null, entryId: null })
  })

  test('with a withheld number is kept, and makes nobody', async () => {
    const events = retold('missed', 'hidden').map((event) => ({ ...event, client: { identities: [] } }))
    await hub.deliver(events)
    await hub.worker.drain()
    expect(await callNamed('hidden')).toMatchObject({ outcome: 'missed', contactId: null })
  })

  test('belongs to the user whose extension answered', async () => {
    const userId = newId()
    await hub.pool.query(`insert into users (id, name, email, updated_at) values ($1, 'Анна', 'anna@example.com', now())`, [userId])
    await hub.pool.query(`insert into user_numbers (id, user_id, value) values ($1, $2, '101')`, [newId(), userId])
    await hub.deliver(retold('answered', 'hers', '+79990001003'))
    await hub.worker.drain()
    expect(await callNamed('hers')).toMatchObject({ userId, legs: [{ userId }] })
  })

  test('under two names is one call, whichever name was heard first, and in however many deliveries', async () => {
    for (const round of Array.from({ length: 12 }, (_, index) => index)) {
      const [one, other] = [`first-name-${round}`, `second-name-${round}`]
      const told = retold('answered', one, `+799900091${String(round).padStart(2, '0')}`)
      const renamed = told.map((event, index) => ({ ...event, callId: index < 2 ? one : other }))
      const link = { ...told[0], key: `link-${round}`, fact: 'linked', callId: one, otherCallId: other }
      const mixed: Record<string, unknown>[] = shuffled([...renamed, link])
      const cut = round % (mixed.length + 1)
      await hub.deliver(mixed.slice(0, cut))
      if (round % 2 === 0) await hub.worker.drain()
      await hub.deliver(mixed.slice(cut))
      await hub.worker.drain()
      const call = await callNamed(one)
      expect(call).toMatchObject({ outcome: 'answered', talkSeconds: 60 })
      expect((await callNamed(other))?.id).toBe(call?.id)
      const { rows } = await hub.pool.query(
        `select array_agg(e.id) as entries, (select count(*)::int from leads l where l.contact_id = $1) as leads,
          (select count(*)::int from delivery_events d where d.kind = 'call' and d.entry_id is not null and not exists (select from entries e where e.id = d.entry_id)) as astray
          from entries e where e.contact_id = $1`,
        [call?.contactId],
      )
      expect(rows, JSON.stringify(mixed.map((event) => [event.key, event.callId]))).toEqual([{ entries: [call?.entryId], leads: 1, astray: 0 }])
    }
  })

  test('has its recordings, told of before it or after', async () => {
    const recording = { type: 'recording', key: 'rec', callId: 'recorded', recordingId: 'r1', state: 'available', ref: 'https://pbx/r1' }
    await hub.deliver([recording])
    await hub.worker.drain()
    expect(await callNamed('recorded')).toMatchObject({ contactId: null, recordings: [{ state: 'expected' }] })
    await hub.deliver(retold('answered', 'recorded', '+79990001005'))
    await hub.worker.drain()
    expect(await callNamed('recorded')).toMatchObject({ outcome: 'answered', recordings: [{ state: 'expected' }] })
  })
})

test('a recording told under the one name of a call, in the batch that says that it has two, is the call’s own', async () => {
  const told = retold('answered', 'recorded-one', '+79990001006')
  const recording = {
    type: 'recording',
    key: 'rec-joined',
    callId: 'recorded-other',
    recordingId: 'r-joined',
    state: 'available',
    ref: 'https://pbx/r',
  }
  const link = { ...told[0], key: 'link-recorded', fact: 'linked', callId: 'recorded-one', otherCallId: 'recorded-other' }
  await hub.deliver([recording, ...told, link])
  await hub.worker.drain()
  const call = await callNamed('recorded-one')
  expect(call).toMatchObject({ outcome: 'answered', recordings: [{ state: 'expected' }] })
  expect((await callNamed('recorded-other'))?.id).toBe(call?.id)
})

describe('waiting', () => {
  const minutes = (events: Record<string, unknown>[], by: number) =>
    JSON.parse(
      JSON.stringify(events).replace(/2026-11-20T09:0\d:\d\d\.000Z/g, (time) => new Date(Date.parse(time) + by * 60_000).toISOString()),
    ) as Record<string, unknown>[]

  test('who rang in vain waits from his first try on, until he gets through or we call back', async () => {
    const client = '+79990002001'
    await hub.deliver(retold('missed', 'try-1', client))
    await hub.deliver(minutes(retold('abandoned in the queue', 'try-2', client), 3))
    await hub.worker.drain()
    expect(await waitingOf(client)).toEqual(new Date('2026-11-20T09:00:00Z'))
    await hub.deliver(minutes(retold('click to call', 'back', client), 10))
    await hub.worker.drain()
    expect(await waitingOf(client)).toBeNull()
    await hub.deliver(minutes(retold('missed', 'try-3', client), 20))
    await hub.worker.drain()
    expect(await waitingOf(client)).toEqual(new Date('2026-11-20T09:20:00Z'))
  })

  test('a miss that is told after the answer to it makes nobody wait', async () => {
    const client = '+79990002002'
    await hub.deliver(minutes(retold('answered', 'through', client), 10))
    await hub.worker.drain()
    await hub.deliver(retold('missed', 'before', client))
    await hub.worker.drain()
    expect(await waitingOf(client)).toBeNull()
  })

  test('a call that turns out to have been answered takes the waiting back', async () => {
    const client = '+79990002003'
    const [started, ringing, answered, left] = retold('answered', 'corrected', client)
    await hub.deliver([started, ringing, left, { ...left, key: 'end', fact: 'ended', outcome: 'missed', leg: undefined }])
    await hub.worker.drain()
    expect(await waitingOf(client)).not.toBeNull()
    await hub.deliver([answered])
    await hub.worker.drain()
    expect(await waitingOf(client)).toBeNull()
  })
})
