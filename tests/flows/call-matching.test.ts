import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { systemActor } from '../../src/core/access/actor.ts'
import { changeCall } from '../../src/core/calls/change-call.ts'
import { closeUnheard } from '../../src/core/calls/close-unheard.ts'
import { type CallFilter, listCalls } from '../../src/core/calls/list-calls.ts'
import { insertRequest } from '../../src/core/calls/request-store.ts'
import { newId } from '../../src/core/database/id.ts'
import { inTransaction } from '../../src/core/database/pool.ts'
import { type IntakeHub, intakeHub } from '../support/intake-hub.ts'

let hub: IntakeHub
let contactId: string
let counted = 0
beforeAll(async () => {
  hub = await intakeHub()
})
beforeEach(async () => {
  await hub.pool.query('truncate calls, call_ids, call_events, recordings, entries, conversations, leads cascade')
})
afterAll(() => hub.close())

const client = '+79990001122'
const party = (value: string) => ({ identities: [{ kind: 'phone', value, evidence: 'attested' }] })

async function deliver(...events: object[]): Promise<void> {
  for (const event of events) {
    counted += 1
    await hub.deliver([{ type: 'call', key: `key ${counted}`, occurredAt: new Date().toISOString(), ...event }])
    await hub.worker.drain()
  }
}

const calls = async (filter: CallFilter = {}) => (await listCalls(hub, systemActor, { ...filter, limit: 50 })).items

/** As the hub does when a user clicks: on the card before the vendor is asked. */
async function ask(to = client, user = '101'): Promise<string> {
  await deliver({ callId: `known ${to}`, fact: 'summary', direction: 'inbound', client: party(to), outcome: 'answered', caller: to })
  const [known] = await calls()
  contactId = known?.contactId ?? ''
  const channel = hub.channels.byId(hub.channelId)
  if (!channel) throw new Error('the test channel is there')
  const id = newId()
  await inTransaction(hub.pool, (tx) => insertRequest(tx, { id, channel, contactId, userId: null, user, to }))
  return id
}

const going = { direction: 'outbound', client: party(client), callee: client } as const

describe('a call that was asked for, of a vendor that does not say so', () => {
  test('is known by client, user and time, whichever event names the client first; there is one call and one entry', async () => {
    const id = await ask()
    await deliver(
      { callId: 'out_1', fact: 'started', direction: 'outbound' },
      { callId: 'out_1', fact: 'ringing', ...going, leg: { id: '101', user: '101' } },
      { callId: 'out_1', fact: 'answered', ...going, leg: { id: '101', user: '101' } },
      { callId: 'out_1', fact: 'summary', ...going, outcome: 'answered', talkSeconds: 30, leg: { id: 'summary', user: '101' } },
    )
    const outbound = await calls({ direction: 'outbound' })
    expect(outbound).toMatchObject([{ id, state: 'ended', outcome: 'answered', talkSeconds: 30, contactId }])
    const { rows } = await hub.pool.query(`select count(*)::int as entries from entries where kind = 'call' and direction = 'outbound'`)
    expect(rows).toEqual([{ entries: 1 }])
  })

  test('is another one for another client or another user, and one request is one call', async () => {
    const id = await ask()
    await deliver(
      { callId: 'colleague', fact: 'started', ...going, leg: { id: '102', user: '102' } },
      { callId: 'somebody else', fact: 'started', direction: 'outbound', client: party('+79990001133'), leg: { id: '101', user: '101' } },
      { callId: 'his', fact: 'started', ...going, leg: { id: '101', user: '101' } },
      { callId: 'his next', fact: 'started', ...going, leg: { id: '101', user: '101' } },
    )
    const { rows } = await hub.pool.query<{ name: string }>(`select external_id as name from call_ids where call_id = $1 order by 1`, [id])
    expect(rows.map(({ name }) => name)).toEqual(['his', `request:${id}`])
    expect(await calls({ direction: 'outbound' })).toHaveLength(4)
  })

  test('one that ran before it was asked for, or comes much later, is not it', async () => {
    await deliver({ callId: 'running', fact: 'started', ...going, leg: { id: '101', user: '101' } })
    const id = await ask()
    await deliver({ callId: 'running', fact: 'answered', ...going, leg: { id: '101', user: '101' } })
    await hub.pool.query(`update calls set started_at = now() - interval '1 hour' where id = $1`, [id])
    await deliver({ callId: 'later', fact: 'started', ...going, leg: { id: '101', user: '101' } })
    const { rows } = await hub.pool.query(`select count(*)::int as names from call_ids where call_id = $1`, [id])
    expect(rows).toEqual([{ names: 1 }])
  })

  test('does not ring for ever when nothing is heard of it; the statistics of the night tell how it ended', async () => {
    const id = await ask()
    expect(await closeUnheard(hub.pool)).toBe(0)
    const began = new Date(Date.now() - 3_600_000).toISOString()
    await hub.pool.query('update calls set started_at = $2 where id = $1', [id, began])
    await hub.pool.query(`update call_events set fact = jsonb_set(fact, '{at}', to_jsonb($2::text)) where call_id = $1`, [id, began])
    expect(await closeUnheard(hub.pool)).toBe(1)
    expect(await closeUnheard(hub.pool)).toBe(0)
    expect(await calls({ direction: 'outbound' })).toMatchObject([{ id, state: 'ended', outcome: null }])
    await deliver({
      callId: 'out_9',
      fact: 'summary',
      ...going,
      startedAt: began,
      endedAt: began,
      outcome: 'missed',
      talkSeconds: 0,
      leg: { id: 'summary', user: '101' },
    })
    expect(await calls({ direction: 'outbound' })).toMatchObject([{ id, state: 'ended', outcome: 'missed', endedAt: began }])
  })
})

describe('a call whose end nobody tells', () => {
  const silent = (callId: string, hours: number) =>
    hub.pool.query(`update calls set updated_at = now() - $2 * interval '1 hour' from call_ids i where i.call_id = calls.id and i.external_id = $1`, [
      callId,
      hours,
    ])

  test('does not ring or last for ever; a late word corrects it', async () => {
    const inbound = { direction: 'inbound', client: party(client), leg: { id: '101', user: '101' } }
    await deliver(
      { callId: 'rings', fact: 'ringing', ...inbound },
      { callId: 'talks', fact: 'answered', ...inbound },
      { callId: 'rings on', fact: 'ringing', ...inbound },
    )
    for (const [callId, hours] of [
      ['rings', 2],
      ['talks', 2],
      ['rings on', 0.5],
    ] as const)
      await silent(callId, hours)
    expect(await closeUnheard(hub.pool)).toBe(1)
    expect((await calls({ state: 'ended' })).map(({ outcome }) => outcome)).toEqual([null])
    await silent('talks', 13)
    expect(await closeUnheard(hub.pool)).toBe(1)
    await deliver({ callId: 'rings', fact: 'summary', ...inbound, outcome: 'missed', endedAt: new Date().toISOString() })
    const outcomes = (await calls({ state: 'ended' })).map(({ outcome }) => outcome)
    expect(outcomes.toSorted((a, b) => String(a).localeCompare(String(b)))).toEqual(['answered', 'missed'])
  })
})

describe('whose a call is', () => {
  const missed = (callId: string, dialled: string, at = new Date()) => ({
    callId,
    fact: 'summary',
    direction: 'inbound',
    client: party(client),
    dialled,
    outcome: 'missed',
    startedAt: at.toISOString(),
    endedAt: at.toISOString(),
  })
  const conversation = async () =>
    (
      await hub.pool.query<{ id: string; team: string; snoozed: Date | null }>(
        'select id, team_id as team, snoozed_until as snoozed from conversations',
      )
    ).rows[0]

  test('the exchange follows the number that was dialled last, unless somebody has it', async () => {
    const [sales, service] = [newId(), newId()]
    await hub.pool.query(`insert into teams (id, name) values ($1, 'Sales'), ($2, 'Service')`, [sales, service])
    await hub.pool.query(
      `insert into addresses (id, channel_id, value, team_id) values (gen_random_uuid(), $1, '+74950000001', $2), (gen_random_uuid(), $1, '+74950000002', $3)`,
      [hub.channelId, sales, service],
    )
    await deliver(missed('first', '+74950000001'))
    expect((await conversation())?.team).toBe(sales)
    await deliver(missed('second', '+74950000002'))
    expect((await conversation())?.team).toBe(service)
    const userId = newId()
    await hub.pool.query(`insert into users (id, name, email, updated_at) values ($1, 'Анна', 'anna@example.com', now())`, [userId])
    await hub.pool.query('update conversations set assignee_id = $1', [userId])
    await deliver(missed('third', '+74950000001'))
    expect((await conversation())?.team).toBe(service)
  })

  test('who was put to rest and rings again in vain is awake; an older call that is told late wakes nobody', async () => {
    const minute = 60_000
    await deliver(missed('first', '+74950000003', new Date(Date.now() - 60 * minute)))
    await hub.pool.query(`update conversations set snoozed_until = now() + interval '1 day', snoozed_at = now() - interval '30 minutes'`)
    await deliver(missed('told late', '+74950000003', new Date(Date.now() - 40 * minute)))
    expect((await conversation())?.snoozed).not.toBeNull()
    await deliver(missed('again', '+74950000003', new Date(Date.now() - minute)))
    expect((await conversation())?.snoozed).toBeNull()
  })
})

describe('calls are found', () => {
  test('by words of the name, the note and the result, and by digits of any number however it is written', async () => {
    const told = { fact: 'summary', direction: 'inbound', outcome: 'answered' }
    await deliver(
      { callId: 'a', ...told, client: { ...party('+79171406208'), name: 'Марина Осипова' }, caller: '+79171406208' },
      { callId: 'b', ...told, client: { ...party('+79370721105'), name: 'Пётр Лапин' }, caller: '+79370721105', dialled: '+78463001240' },
    )
    const named = (await calls()).find(({ from }) => from === '+79171406208')
    await changeCall(hub, named?.id ?? '', { note: 'Ждёт расчёт с ламинацией 100%', disposition: 'Thinking' }, { actor: systemActor })
    const found = async (query: string) => (await calls({ query })).map(({ contactName }) => contactName)
    expect(await found('марина')).toEqual(['Марина Осипова'])
    expect(await found('расчет ламинац')).toEqual(['Марина Осипова'])
    expect(await found('thinking')).toEqual(['Марина Осипова'])
    expect(await found('100%')).toEqual(['Марина Осипова'])
    expect(await found('%')).toEqual(['Марина Осипова'])
    expect(await found('петр')).toEqual(['Пётр Лапин'])
    expect(await found('8 (937) 072-11-05')).toEqual(['Пётр Лапин'])
    expect(await found('300-12-40')).toEqual(['Пётр Лапин'])
    expect(await found('марина лапин')).toEqual([])
  })

  test('a result that is on no list is refused with its own code; the one it has stays', async () => {
    await deliver({ callId: 'a', fact: 'summary', direction: 'inbound', outcome: 'answered', client: party(client) })
    const [call] = await calls()
    const give = (disposition: string | null) => changeCall(hub, call?.id ?? '', { disposition }, { actor: systemActor })
    await expect(give('Купил')).rejects.toMatchObject({ code: 'unknown_disposition' })
    expect(await give('Refused')).toMatchObject({ disposition: 'Refused' })
    await hub.pool.query(`insert into settings (name, value, updated_at) values ('dispositions', '[{"teamId": null, "names": ["Other"]}]', now())`)
    expect(await give('Refused')).toMatchObject({ disposition: 'Refused' })
    expect(await give(null)).toMatchObject({ disposition: null })
    await expect(give('Refused')).rejects.toMatchObject({ code: 'unknown_disposition' })
  })
})
