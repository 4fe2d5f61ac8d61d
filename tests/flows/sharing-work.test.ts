import { io } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type ApiHub, startApiHub } from '../support/api-hub.ts'
import { addChannel, addContact, addConversation } from '../support/cards.ts'

let hub: ApiHub
let channelId: string
beforeAll(async () => {
  hub = await startApiHub()
  channelId = await addChannel(hub.deps.pool)
})
afterAll(() => hub.close())

async function person(role: 'operator' | 'manager' | 'admin' = 'operator') {
  const user = await hub.makeUser(role)
  return { ...user, cookie: await hub.signIn(user.email, user.password) }
}

async function client(name = 'Client', waitingSince = new Date()) {
  const contactId = await addContact(hub.deps.pool, name)
  return { contactId, id: await addConversation(hub.deps.pool, { contactId, channelId, waitingSince }) }
}

describe('a conversation that several want', () => {
  it('goes to one of fifty who take it at once; each of the others hears who has it', async () => {
    const people = await Promise.all(Array.from({ length: 5 }, () => person()))
    const { id } = await client()
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, number) =>
        hub.call('POST', `/conversations/${id}/take`, { cookie: people[number % 5]?.cookie ?? '', body: {} }),
      ),
    )
    const winners = new Set(answers.filter(({ status }) => status === 200).map(({ body }) => body.assigneeId))
    expect(winners.size).toBe(1)
    const refused = answers.filter(({ status }) => status !== 200)
    expect(refused).toHaveLength(40)
    for (const { status, body } of refused)
      expect([status, body.code, body.assigneeId, body.assigneeName]).toEqual([409, 'conflict', [...winners][0], 'operator'])
    const { rows } = await hub.deps.pool.query(`select from entries where conversation_id = $1 and kind = 'event'`, [id])
    expect(rows).toHaveLength(1)
  })

  it('is handed over with a note that stays on the timeline, by who has it or a manager', async () => {
    const [anna, boris, vera, chief] = await Promise.all([person(), person(), person(), person('manager')])
    const { id, contactId } = await client()
    await hub.call('POST', `/conversations/${id}/take`, { cookie: anna.cookie, body: {} })
    const give = (by: { cookie: string }, userId: string, note?: string) =>
      hub.call('POST', `/conversations/${id}/assign`, { cookie: by.cookie, body: { userId, ...(note && { note }) } })
    const refused = await give(boris, boris.id)
    expect([refused.status, refused.body.code, refused.body.assigneeName]).toEqual([403, 'forbidden', 'operator'])
    expect((await give(anna, boris.id, 'She asks for a discount')).body.assigneeId).toBe(boris.id)
    expect((await give(chief, vera.id)).body.assigneeId).toBe(vera.id)
    const timeline = await hub.call('GET', `/contacts/${contactId}/timeline`, { cookie: vera.cookie })
    expect(timeline.body.items.map((entry: { text: string; extra: object; direction: null }) => [entry.text, entry.extra, entry.direction])).toEqual([
      ['', { event: 'assigned', reason: 'handed_over', fromUserId: boris.id, toUserId: vera.id }, null],
      ['She asks for a discount', { event: 'assigned', reason: 'handed_over', fromUserId: anna.id, toUserId: boris.id }, null],
      ['', { event: 'assigned', reason: 'taken', fromUserId: null, toUserId: anna.id }, null],
    ])
    const reviewer = await hub.makeUser('reviewer')
    expect((await give(chief, reviewer.id)).status).toBe(400)
  })
})

describe('a client leaves the waiting list', () => {
  const waits = async (cookie: string, contactId: string) => {
    const { body } = await hub.call('GET', '/waiting?limit=200', { cookie })
    return body.items.some((row: { contact: { id: string } }) => row.contact.id === contactId)
  }

  it('answered elsewhere or with no answer needed, over all media, and comes back when that is undone', async () => {
    const anna = await person()
    const { id, contactId } = await client('Elsewhere', new Date(Date.now() - 5 * 60_000))
    await addConversation(hub.deps.pool, { contactId, channelId, waitingSince: new Date() })
    const before = (await hub.call('GET', `/conversations/${id}`, { cookie: anna.cookie })).body.waitingSince
    const ended = await hub.call('POST', `/conversations/${id}/no-answer-needed`, { cookie: anna.cookie, body: { reason: 'elsewhere' } })
    expect(ended.body).toMatchObject({ waitingSince: null, dueAt: null })
    expect(await waits(anna.cookie, contactId)).toBe(false)
    const again = await hub.call('POST', `/conversations/${id}/wait-again`, { cookie: anna.cookie, body: {} })
    expect(again.body.waitingSince).toBe(before)
    expect(await waits(anna.cookie, contactId)).toBe(true)
  })

  it('for a while when snoozed', async () => {
    const anna = await person()
    const { id, contactId } = await client('Later')
    const snooze = (until: string | null) => hub.call('POST', `/conversations/${id}/snooze`, { cookie: anna.cookie, body: { until } })
    expect((await snooze(new Date(Date.now() - 1000).toISOString())).status).toBe(400)
    expect((await snooze(new Date(Date.now() + 3_600_000).toISOString())).body.snoozedUntil).not.toBeNull()
    expect(await waits(anna.cookie, contactId)).toBe(false)
    await snooze(null)
    expect(await waits(anna.cookie, contactId)).toBe(true)
  })
})

describe('hours and targets', () => {
  it('say until when each is to be answered; who waits already is told anew', async () => {
    const chief = await person('manager')
    const other = await addChannel(hub.deps.pool)
    const contactId = await addContact(hub.deps.pool, 'Target')
    const waitingSince = new Date('2026-11-20T14:40:00Z')
    const id = await addConversation(hub.deps.pool, { contactId, channelId: other, waitingSince })
    const due = async () => (await hub.call('GET', `/conversations/${id}`, { cookie: chief.cookie })).body.dueAt
    expect(await due()).toBe('2026-11-20T15:40:00.000Z')
    const work = [['09:00', '18:00']]
    const hours = { timeZone: 'Europe/Moscow', week: [work, work, work, work, work, [], []], holidays: [] }
    const save = (rule: object) => hub.call('PUT', `/routing/rules/channel/${other}`, { cookie: chief.cookie, body: { rule } })
    expect((await save({ hours, targetMinutes: 30 })).status).toBe(200)
    expect(await due()).toBe('2026-11-23T06:10:00.000Z')
    expect((await save({ hours: { ...hours, timeZone: 'Mars/Phobos' } })).status).toBe(400)
    expect((await save({ hours: { ...hours, week: [] } })).status).toBe(400)
    expect((await hub.call('PUT', `/routing/rules/team/${other}`, { cookie: chief.cookie, body: { rule: {} } })).status).toBe(404)
    const never = { ...hours, week: [[], [], [], [], [], [], []] }
    await save({ hours: never })
    expect((await hub.call('GET', `/routing/hours?channelId=${other}`, { cookie: chief.cookie })).body.isOpen).toBe(false)
  })
})

describe('presence', () => {
  it('is what the server knows: a socket makes it, a choice holds, the look at a client is noted', async () => {
    const anna = await person()
    const socket = io(hub.url, { transports: ['websocket'], forceNew: true, extraHeaders: { cookie: anna.cookie, origin: hub.url } })
    const mine = async () => {
      const { body } = await hub.call('GET', '/presence', { cookie: anna.cookie })
      return body.items.find((one: { userId: string }) => one.userId === anna.id)?.state
    }
    await vi.waitFor(async () => expect(await mine()).toBe('available'), { timeout: 60_000 })
    expect((await hub.call('PUT', '/presence', { cookie: anna.cookie, body: { state: 'busy' } })).body).toMatchObject({
      state: 'busy',
      chosen: 'busy',
    })
    expect(await mine()).toBe('busy')
    const { id } = await client()
    await hub.deps.pool.query('update conversations set assignee_id = $2, assigned_by_rule = true where id = $1', [id, anna.id])
    socket.emit('look', id)
    await vi.waitFor(
      async () => {
        const { rows } = await hub.deps.pool.query('select assignee_seen_at is not null as seen from conversations where id = $1', [id])
        expect(rows).toEqual([{ seen: true }])
      },
      { timeout: 60_000 },
    )
    socket.close()
    const { key } = await hub.makeKey('operator')
    expect((await hub.call('PUT', '/presence', { key, body: { state: 'busy' } })).status).toBe(400)
  })
})

describe('a person who goes', () => {
  it('hands over cards, conversations, leads and tasks in one step, with counts and audit', async () => {
    const [chief, anna, boris] = await Promise.all([person('admin'), person(), person()])
    const { id, contactId } = await client('Hers')
    const idle = await addConversation(hub.deps.pool, { contactId, channelId })
    await hub.call('PATCH', `/contacts/${contactId}`, { cookie: chief.cookie, body: { ownerId: anna.id } })
    await hub.deps.pool.query('update conversations set assignee_id = $2 where id = any($1::uuid[])', [[id, idle], anna.id])
    const lead = (status: object) => hub.call('POST', '/leads', { cookie: anna.cookie, body: { contactId, topic: 'Windows', ...status } })
    const [open, won] = [await lead({}), await lead({})]
    await hub.call('PATCH', `/leads/${won.body.id}`, { cookie: anna.cookie, body: { status: 'won' } })
    await hub.call('POST', '/tasks', { cookie: anna.cookie, body: { title: 'Call', due: { at: '2027-01-01T10:00:00Z' }, contactId } })
    const counts = { contacts: 1, companies: 0, conversations: 2, waiting: 1, leads: 1, tasks: 1 }
    expect((await hub.call('GET', `/users/${anna.id}/work`, { cookie: chief.cookie })).body).toEqual(counts)
    const go = (toUserId: string | null) => hub.call('POST', `/users/${anna.id}/hand-over`, { cookie: chief.cookie, body: { toUserId } })
    expect((await go(anna.id)).status).toBe(400)
    const gone = await go(boris.id)
    expect(gone.body.moved).toEqual(counts)
    expect(gone.body.user.disabledAt).not.toBeNull()
    expect((await hub.call('GET', '/session', { cookie: anna.cookie })).status).toBe(401)
    const left = await hub.call('GET', `/users/${anna.id}/work`, { cookie: chief.cookie })
    expect(left.body).toEqual({ contacts: 0, companies: 0, conversations: 0, waiting: 0, leads: 0, tasks: 0 })
    expect((await hub.call('GET', `/leads/${open.body.id}`, { cookie: boris.cookie })).body.ownerId).toBe(boris.id)
    expect((await hub.call('GET', `/leads/${won.body.id}`, { cookie: boris.cookie })).body.ownerId).toBe(anna.id)
    const { rows } = await hub.deps.pool.query(`select detail from audit where action = 'user.dismissed' and subject = $1`, [anna.id])
    expect(rows).toEqual([{ detail: { toUserId: boris.id, moved: counts } }])
    expect((await hub.call('GET', `/contacts/${contactId}/edits`, { cookie: boris.cookie })).body.items[0]).toMatchObject({
      field: 'ownerId',
      before: anna.id,
      after: boris.id,
    })
  })

  it('leaves nothing with nobody looking when there is no successor: who waits is shared out anew', async () => {
    const [chief, anna] = await Promise.all([person('admin'), person()])
    const { id } = await client()
    await hub.deps.pool.query('update conversations set assignee_id = $2 where id = $1', [id, anna.id])
    await hub.call('POST', `/users/${anna.id}/hand-over`, { cookie: chief.cookie, body: { toUserId: null } })
    const { rows } = await hub.deps.pool.query('select assignee_id, route_at is not null as routed from conversations where id = $1', [id])
    expect(rows).toEqual([{ assignee_id: null, routed: true }])
  })
})
