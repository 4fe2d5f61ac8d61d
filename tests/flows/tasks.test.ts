import { afterAll, beforeAll, expect, it } from 'vitest'
import { inTransaction } from '../../src/core/database/pool.ts'
import { listUntouched } from '../../src/core/routing/list-untouched.ts'
import { remindDue } from '../../src/core/tasks/remind-due.ts'
import { type ApiHub, startApiHub } from '../support/api-hub.ts'
import { addContact, addEntry } from '../support/cards.ts'

let hub: ApiHub
let cookie: string
let me: string
beforeAll(async () => {
  hub = await startApiHub()
  const user = await hub.makeUser('operator')
  me = user.id
  cookie = await hub.signIn(user.email, user.password)
})
afterAll(() => hub.close())

const create = (body: object) => hub.call('POST', '/tasks', { cookie, body })

it('a task is due by the clock that was meant: mine, the client’s or the firm’s, over a change of the clocks', async () => {
  const contactId = await addContact(hub.deps.pool, 'Samara')
  await hub.deps.pool.query(`update contacts set fields = '{"timeZone": "Europe/Samara"}' where id = $1`, [contactId])
  const due = async (local: string, zone: string) => (await create({ title: 'Call', contactId, due: { local, zone } })).body.dueAt
  expect(await due('2026-11-23T10:00', 'client')).toBe('2026-11-23T06:00:00.000Z')
  expect(await due('2026-11-23T10:00', 'firm')).toBe('2026-11-23T07:00:00.000Z')
  expect(await due('2026-03-28T10:00', 'Europe/Berlin')).toBe('2026-03-28T09:00:00.000Z')
  expect(await due('2026-03-29T10:00', 'Europe/Berlin')).toBe('2026-03-29T08:00:00.000Z')
  expect((await create({ title: 'Call', due: { local: '2026-13-45T10:00', zone: 'firm' } })).body.code).toBe('invalid_request')
  expect((await create({ title: 'Call', due: { local: '2026-11-23T10:00', zone: 'Mars/Phobos' } })).body.code).toBe('invalid_request')
  expect((await create({ title: 'Call', due: { local: '2026-11-23T10:00', zone: 'client' } })).status).toBe(400)
  const listed = await hub.call('GET', `/tasks?contactId=${contactId}`, { cookie })
  expect(listed.body.items).toHaveLength(4)
  expect(listed.body.items[3]).toMatchObject({ contactName: 'Samara', timeZone: 'Europe/Moscow', assigneeId: me })
})

it('rings once when it is due, also after a restart; snoozed it rings again; done it does not, and can be taken back', async () => {
  const { id } = (await create({ title: 'Ring', due: { at: new Date(Date.now() - 1000).toISOString() } })).body
  const rings = async () => {
    await Promise.all([remindDue(hub.deps), remindDue(hub.deps)])
    const { rows } = await hub.deps.pool.query(`select subject_id from live_events where type = 'task.due' and payload ->> 'id' = $1`, [id])
    return rows.map((row) => row.subject_id)
  }
  expect(await rings()).toEqual([me])
  expect(await rings()).toEqual([me])
  const bell = async () => (await hub.call('GET', '/tasks?assignee=me&state=overdue', { cookie })).body
  expect((await bell()).items.map((task: { id: string }) => task.id)).toContain(id)
  const before = (await bell()).mine.overdue
  await hub.call('PATCH', `/tasks/${id}`, { cookie, body: { due: { at: new Date(Date.now() + 60_000).toISOString() } } })
  expect((await bell()).mine.overdue).toBe(before - 1)
  await hub.deps.pool.query(`update tasks set due_at = now() - interval '1 second' where id = $1`, [id])
  expect(await rings()).toEqual([me, me])
  expect((await hub.call('POST', `/tasks/${id}/done`, { cookie, body: {} })).body).toMatchObject({ doneBy: me })
  expect((await bell()).mine.overdue).toBe(before - 1)
  expect((await hub.call('POST', `/tasks/${id}/reopen`, { cookie, body: {} })).body).toMatchObject({ doneAt: null, doneBy: null })
})

it('whoever sees only his own clients sees their tasks and his own, and no others', async () => {
  const user = await hub.makeUser('operator', { ownClientsOnly: true })
  const own = await hub.signIn(user.email, user.password)
  const strange = await addContact(hub.deps.pool, 'Strange')
  const foreign = (await create({ title: 'Foreign', contactId: strange, due: { at: '2027-01-01T00:00:00Z' } })).body
  const given = (await create({ title: 'Given', contactId: strange, assigneeId: user.id, due: { at: '2027-01-01T00:00:00Z' } })).body
  const ids = (await hub.call('GET', '/tasks?limit=200', { cookie: own })).body.items.map((task: { id: string }) => task.id)
  expect(ids).toEqual([given.id])
  expect((await hub.call('POST', `/tasks/${foreign.id}/done`, { cookie: own, body: {} })).status).toBe(404)
  expect(
    (await hub.call('POST', '/tasks', { cookie: own, body: { title: 'x', contactId: strange, due: { at: '2027-01-01T00:00:00Z' } } })).status,
  ).toBe(404)
})

it('the night’s list names the clients and leads whom nobody touched, once a day from the firm’s hour on', async () => {
  const { pool } = hub.deps
  const quiet = await addContact(pool, 'Quiet client')
  const lively = await addContact(pool, 'Lively client')
  const asked = await addContact(pool, 'Asked')
  const answered = await addContact(pool, 'Answered')
  await pool.query(`update contacts set stage = 'client', last_touch_at = '2026-01-01' where id = $1`, [quiet])
  await pool.query(`update contacts set stage = 'client', last_touch_at = '2026-11-20' where id = $1`, [lively])
  for (const contactId of [asked, answered])
    await pool.query(`insert into leads (id, contact_id, topic, created_at) values (gen_random_uuid(), $1, 'Roof', '2026-11-19')`, [contactId])
  await addEntry(pool, { contactId: answered, direction: 'outbound', at: new Date('2026-11-21T21:00:00Z') })
  const { key } = await hub.makeKey('manager')
  const list = async () => (await hub.call('GET', '/reports/untouched', { key })).body
  expect(await list()).toMatchObject({ day: null, items: [] })
  // 02:30 in Moscow is too early, 03:00 is not.
  await listUntouched(hub.deps, new Date('2026-11-21T23:30:00Z'))
  expect((await list()).day).toBeNull()
  await listUntouched(hub.deps, new Date('2026-11-22T00:00:00Z'))
  const made = await list()
  expect(made).toMatchObject({ day: '2026-11-22', counts: { clients: 1, leads: 1 } })
  expect(made.items.map((item: { kind: string; name: string; topic: string | null }) => [item.kind, item.name, item.topic])).toEqual([
    ['client', 'Quiet client', null],
    ['lead', 'Asked', 'Roof'],
  ])
  await inTransaction(pool, (tx) => tx.query(`update contacts set last_touch_at = now() where id = $1`, [quiet]))
  await listUntouched(hub.deps, new Date('2026-11-22T09:00:00Z'))
  expect((await list()).counts).toEqual({ clients: 1, leads: 1 })
  const narrow = (await hub.makeUser('operator', { ownClientsOnly: true })).email
  const own = await hub.signIn(narrow, 'a long password')
  expect((await hub.call('GET', '/reports/untouched', { cookie: own })).body).toMatchObject({ items: [], counts: { clients: 0, leads: 0 } })
})
