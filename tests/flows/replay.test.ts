import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Connector, defineConnector } from '../../src/core/connector/connector.ts'
import type { InboundEvent } from '../../src/core/connector/event.ts'
import { newId } from '../../src/core/database/id.ts'
import { listDeliveries } from '../../src/core/intake/list-deliveries.ts'
import { previewReplay } from '../../src/core/intake/preview-replay.ts'
import { previewWindow } from '../../src/core/intake/preview-window.ts'
import { releaseQuarantined } from '../../src/core/intake/release-quarantined.ts'
import { replayDelivery } from '../../src/core/intake/replay-delivery.ts'
import { askReplay } from '../../src/core/replays/ask-replay.ts'
import { readReplay } from '../../src/core/replays/replay-store.ts'
import { runReplay } from '../../src/core/replays/run-replays.ts'
import { admin } from '../support/cards.ts'
import { eventsConnector, type IntakeHub, intakeHub } from '../support/intake-hub.ts'
import { silentLogger } from '../support/test-connector.ts'

/** How the connector reads today: a mapping that people may change. */
let mapping = (events: InboundEvent[]): InboundEvent[] => events

const mapped: Connector = defineConnector({
  ...eventsConnector,
  async normalise(delivery, settings) {
    return mapping(await eventsConnector.normalise(delivery, settings))
  },
})

let hub: IntakeHub
beforeAll(async () => {
  hub = await intakeHub({ connector: mapped })
})
afterEach(() => {
  mapping = (events) => events
})
afterAll(() => hub.close())

let counter = 0
function form(phone: string, more: object = {}) {
  counter++
  const from = { name: 'Анна', identities: [{ kind: 'phone', value: phone, evidence: 'claimed' }] }
  return { type: 'form', key: `form${counter}`, from, topic: 'Балкон', text: 'Сколько?', fields: [], ...more }
}

async function deliver(events: unknown): Promise<string> {
  const dedupeKey = newId()
  await hub.deliver(events, { dedupeKey })
  await hub.worker.drain()
  return (await one<{ id: string }>('select id from deliveries where dedupe_key = $1', [dedupeKey])).id
}

async function one<Row extends object>(sql: string, values: unknown[]): Promise<Row> {
  const { rows } = await hub.pool.query<Row>(sql, values)
  expect(rows).toHaveLength(1)
  return rows[0] as Row
}

test('changes nothing when nothing changed', async () => {
  const id = await deliver([form('+79270001001')])
  const before = await hub.pool.query('select * from entries where delivery_id = $1', [id])
  expect(await replayDelivery(hub, id)).toEqual({ rewritten: 0, added: 0, unchanged: 1, superseded: 0 })
  expect((await hub.pool.query('select * from entries where delivery_id = $1', [id])).rows).toEqual(before.rows)
  expect(await one('select status, replays from deliveries where id = $1', [id])).toEqual({ status: 'applied', replays: 1 })
})

test('rewrites what is derived, keeps the former as a version and what people decided', async () => {
  const id = await deliver([form('+79270001002')])
  const entry = await one<{ id: string; contact_id: string }>('select id, contact_id from entries where delivery_id = $1', [id])
  const other = newId()
  await hub.pool.query('insert into contacts (id, card_id, name) values ($1, $1, $2)', [other, 'Другая'])
  await hub.pool.query('update entries set contact_id = $2 where id = $1', [entry.id, other])
  mapping = (events) => events.map((event) => (event.type === 'form' ? { ...event, topic: 'Балконы' } : event))
  expect(await replayDelivery(hub, id)).toMatchObject({ rewritten: 1, added: 0 })
  expect(await one('select subject, contact_id from entries where id = $1', [entry.id])).toEqual({ subject: 'Балконы', contact_id: other })
  expect(await one('select cause, content ->> $2 as subject from entry_versions where entry_id = $1', [entry.id, 'subject'])).toEqual({
    cause: 'replay',
    subject: 'Балкон',
  })
})

test('applies what was parked, once the connector can read it, and tells no console of something new', async () => {
  const id = await deliver([{ type: 'malformed', key: 'later', reason: 'unknown shape' }])
  expect(await one('select status from deliveries where id = $1', [id])).toEqual({ status: 'parked' })
  mapping = () => [{ ...form('+79270001003'), key: 'later' } as InboundEvent]
  expect(await replayDelivery(hub, id)).toMatchObject({ added: 1 })
  const entry = await one<{ id: string }>('select id from entries where delivery_id = $1', [id])
  expect(await one('select status from deliveries where id = $1', [id])).toEqual({ status: 'applied' })
  const { rows } = await hub.pool.query('select type from live_events where subject_id = $1', [entry.id])
  expect(rows).toEqual([{ type: 'entry.changed' }])
})

test('marks an event that is no longer there as superseded, and leaves its entry', async () => {
  const id = await deliver([form('+79270001004'), form('+79270001005')])
  mapping = (events) => events.slice(0, 1)
  expect(await replayDelivery(hub, id)).toEqual({ rewritten: 0, added: 0, unchanged: 1, superseded: 1 })
  const { rows } = await hub.pool.query('select status from delivery_events where delivery_id = $1 order by position', [id])
  expect(rows).toEqual([{ status: 'applied' }, { status: 'superseded' }])
  expect((await hub.pool.query('select id from entries where delivery_id = $1', [id])).rows).toHaveLength(2)
})

test('changes nothing at all when what is new in it cannot be applied', async () => {
  const id = await deliver([form('+79270001005')])
  const state = () =>
    hub.pool.query('select d.status, d.replays, e.text from deliveries d join entries e on e.delivery_id = d.id where d.id = $1', [id])
  const before = (await state()).rows
  // Half a byte is a size that the table refuses: the second event fails after the first was rewritten.
  const broken = form('+79270001006', { attachments: [{ name: 'plan.pdf', type: 'application/pdf', size: 0.5 }] })
  mapping = (events) => [...events.map((event) => ({ ...event, text: 'Прочитано иначе' })), broken] as unknown as InboundEvent[]
  await expect(replayDelivery(hub, id)).rejects.toThrow(/invalid input syntax/)
  expect((await state()).rows).toEqual(before)
})

test('an event that is given again counts again, and what had come to nothing is applied', async () => {
  const kept = form('+79270001007')
  const id = await deliver([kept, { type: 'malformed', key: 'nothing yet', reason: 'unknown shape' }])
  mapping = () => []
  expect(await replayDelivery(hub, id)).toMatchObject({ superseded: 2 })
  expect(await one('select status, reason from deliveries where id = $1', [id])).toMatchObject({ status: 'ignored' })
  mapping = ([first]) => [first as InboundEvent, { ...form('+79270001008'), key: 'nothing yet' } as InboundEvent]
  expect((await previewReplay(hub, id)).events.map(({ change }) => change)).toEqual(['same', 'new'])
  expect(await replayDelivery(hub, id)).toEqual({ rewritten: 0, added: 1, unchanged: 1, superseded: 0 })
  const { rows } = await hub.pool.query('select key, status from delivery_events where delivery_id = $1 order by position, key', [id])
  expect(rows).toEqual([
    { key: kept.key, status: 'applied' },
    { key: 'nothing yet', status: 'applied' },
  ])
  expect(await one('select status, reason from deliveries where id = $1', [id])).toEqual({ status: 'applied', reason: null })
})

test('what a replay adds and passes over takes nothing from what is applied', async () => {
  const id = await deliver([form('+79270001009')])
  mapping = (events) => [...events, { type: 'unsupported', key: 'new to us', reason: 'a poll' }]
  expect(await replayDelivery(hub, id)).toMatchObject({ added: 1, unchanged: 1 })
  expect(await one('select status, reason from deliveries where id = $1', [id])).toEqual({ status: 'applied', reason: null })
})

test('leaves what its author edited, text and form, and keeps no version of it', async () => {
  const from = { identities: [{ kind: 'test', value: 'editor', evidence: 'attested' }] }
  const message = { type: 'message', key: 'to edit', direction: 'inbound', externalId: 'edited', from, conversation: { by: 'contact' }, text: 'до' }
  const id = await deliver([message])
  await deliver([{ type: 'message.edited', key: 'edit', externalId: 'edited', text: 'после', html: '<p>после</p>' }])
  const state = () =>
    one(
      'select e.text, e.html, (select count(*)::int from entry_versions v where v.entry_id = e.id) as versions from entries e where e.delivery_id = $1',
      [id],
    )
  const edited = await state()
  expect(edited).toMatchObject({ text: 'после', html: '<p>после</p>' })
  expect((await previewReplay(hub, id)).events.map(({ change }) => change)).toEqual(['same'])
  expect(await replayDelivery(hub, id)).toMatchObject({ rewritten: 0, unchanged: 1 })
  expect(await state()).toEqual(edited)
})

test('is refused for a delivery that does not exist', async () => {
  await expect(replayDelivery(hub, newId())).rejects.toMatchObject({ code: 'not_found' })
})

test('a released event has its original time, a card and a lead; a second release is refused', async () => {
  const occurredAt = '2026-11-20T09:00:00.000Z'
  const id = await deliver([form('+79270001006', { spam: 'honeypot', occurredAt })])
  const held = await one<{ id: string; received_at: Date }>('select id, received_at from quarantine where delivery_id = $1', [id])
  await releaseQuarantined(hub, held.id, { id: null })
  const entry = await one<{ contact_id: string }>('select contact_id, occurred_at, received_at from entries where delivery_id = $1', [id])
  expect(entry).toMatchObject({ occurred_at: new Date(occurredAt), received_at: held.received_at })
  expect(await one('select status from leads where contact_id = $1', [entry.contact_id])).toEqual({ status: 'new' })
  await expect(releaseQuarantined(hub, held.id, { id: null })).rejects.toMatchObject({ code: 'already_released' })
  expect((await hub.pool.query('select id from entries where delivery_id = $1', [id])).rows).toHaveLength(1)
})

test('a release that fails leaves everything as it was', async () => {
  // Half a byte is a size that the table refuses.
  const attachments = [{ name: 'plan.pdf', type: 'application/pdf', size: 0.5 }]
  const id = await deliver([form('+79270001011', { spam: 'honeypot', attachments })])
  const held = await one<{ id: string }>('select id from quarantine where delivery_id = $1', [id])
  await expect(releaseQuarantined(hub, held.id, { id: null })).rejects.toThrow(/invalid input syntax/)
  expect(await one('select released_at from quarantine where id = $1', [held.id])).toEqual({ released_at: null })
  expect(await one('select status from delivery_events where delivery_id = $1', [id])).toEqual({ status: 'quarantined' })
})

test('a dry run says what a replay then does, and does nothing itself', async () => {
  const id = await deliver([form('+79270001090'), form('+79270001091'), form('+79270001092')])
  const keys = (await hub.pool.query<{ key: string }>('select key from delivery_events where delivery_id = $1 order by position', [id])).rows
  const standing = () => hub.pool.query('select id, subject, text, extra from entries where delivery_id = $1 order by id', [id])
  const before = (await standing()).rows
  mapping = ([first, second]) => [
    { ...first, topic: 'Окна' } as InboundEvent,
    second as InboundEvent,
    { ...first, key: 'seen only now' } as InboundEvent,
  ]
  const preview = await previewReplay(hub, id)
  expect(preview.events.map(({ key, change }) => [key, change])).toEqual([
    [keys[0]?.key, 'changed'],
    [keys[1]?.key, 'same'],
    ['seen only now', 'new'],
    [keys[2]?.key, 'gone'],
  ])
  expect(preview.events[0]?.fields).toEqual([{ field: 'subject', before: 'Балкон', after: 'Окна' }])
  expect((await standing()).rows).toEqual(before)
  expect(await one('select replays from deliveries where id = $1', [id])).toEqual({ replays: 0 })
  expect(await replayDelivery(hub, id)).toEqual({ rewritten: 1, added: 1, unchanged: 1, superseded: 1 })
  expect((await previewReplay(hub, id)).events.map(({ change }) => change)).toEqual(['same', 'same', 'same'])
})

test('a window is found by word and time, previewed page by page and replayed', async () => {
  const since = new Date(Date.now() - 1).toISOString()
  const ids = [await deliver([form('+79270001095', { text: 'Слово лоджия' })]), await deliver([form('+79270001096', { text: 'Слово лоджия тоже' })])]
  await deliver([form('+79270001097')])
  const page = { query: 'лоджия', from: since, limit: 1 }
  const found = await listDeliveries(hub, { ...page, limit: 10 })
  expect(found.items.map(({ id }) => id).sort()).toEqual([...ids].sort())
  expect((await listDeliveries(hub, { query: 'лоджия', until: since, limit: 10 })).items).toEqual([])
  mapping = (events) => events.map((event) => ({ ...event, topic: 'Лоджия' }) as InboundEvent)
  const preview = (id: string) => previewReplay(hub, id)
  const first = await previewWindow({ pool: hub.pool, preview }, page)
  expect(first).toMatchObject({ checked: 1, items: [{ id: ids[1], events: [{ change: 'changed' }] }] })
  const { id } = await askReplay({ pool: hub.pool, jobs: { add: async () => {} } }, { query: 'лоджия', from: since }, admin)
  const done: string[] = []
  const replay = async (delivery: string) => {
    done.push(delivery)
    return await replayDelivery(hub, delivery)
  }
  await runReplay({ pool: hub.pool, logger: silentLogger, replay }, id)
  expect(done).toEqual([...ids].reverse())
  expect(await readReplay(hub.pool, id)).toMatchObject({ status: 'done', total: 2, done: 2, rewritten: 2, failed: 0 })
  expect((await previewWindow({ pool: hub.pool, preview }, { ...page, limit: 10 })).items).toEqual([])
})
