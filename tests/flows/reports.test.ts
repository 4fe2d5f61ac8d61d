import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../src/core/database/id.ts'
import { type ApiHub, startApiHub } from '../support/api-hub.ts'
import { addChannel, addContact, addConversation, addEntry } from '../support/cards.ts'

let hub: ApiHub
let key: string
let channelId: string
const people: { id: string; cookie: string }[] = []
const contacts: string[] = []
const zone = 'Europe/Samara'

const get = async (path: string, by: { cookie?: string; key?: string } = { key }) => {
  const answer = await hub.call('GET', path, by)
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}
const post = async (path: string, body: object, by: { cookie?: string; key?: string } = { key }) => {
  const answer = await hub.call('POST', path, { ...by, body })
  if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}

/** All rows behind a number, page by page. */
async function rowsOf(query: string): Promise<{ id: string; minutes: number | null }[]> {
  const rows = []
  let cursor = ''
  for (;;) {
    const page = await get(`/reports/rows?limit=7&${query}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`)
    rows.push(...page.items)
    if (!page.nextCursor) return rows
    cursor = page.nextCursor
  }
}

/** The same numbers every time: a failure can be looked at. */
function dice(seed: number): (sides: number) => number {
  let state = seed
  return (sides) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return Math.floor((state / 2 ** 31) * sides)
  }
}

const noon = new Date('2026-10-14T08:00:00Z').getTime()
const day = '2026-10-14'

/** A day of a firm: messages, letters, forms, answers of people and machines, calls, notes, old mail, what was deleted. */
async function traffic(): Promise<void> {
  const roll = dice(7)
  const { pool } = hub.deps
  for (let number = 0; number < 40; number++) {
    const contactId = await addContact(pool, `Client ${number}`)
    contacts.push(contactId)
    const conversationId = await addConversation(pool, { contactId, channelId })
    for (let at = noon + roll(60) * 60_000, step = 0; step < 2 + roll(6); step++, at += (1 + roll(40)) * 60_000) {
      const id = await addEntry(pool, {
        contactId,
        conversationId,
        channelId,
        at: new Date(at),
        kind: roll(5) === 0 ? 'form' : 'message',
        subject: ['Балкон', 'Окна', ''][roll(3)] ?? '',
        direction: roll(3) === 0 ? 'outbound' : 'inbound',
        ...(roll(8) === 0 && { extra: { backfill: true } }),
      })
      const source = [null, { utm: { source: ['Yandex', 'yandex '][roll(2)] } }, { referrer: 'https://www.avito.ru/samara' }, { campaign: 'Щит' }][
        roll(4)
      ]
      await pool.query(
        `update entries set source = $2, automatic = $3, deleted_at = case when $4 then now() end,
           author_id = case when direction = 'outbound' then $5::uuid end where id = $1`,
        [id, source, roll(9) === 0 ? 'robot' : null, roll(10) === 0, people[roll(3)]?.id ?? null],
      )
    }
    if (roll(2))
      await pool.query(`insert into leads (id, contact_id, topic, created_at) values ($1, $2, 'Двери', $3)`, [newId(), contactId, new Date(noon)])
    if (roll(3) === 0) await addCall(contactId, new Date(noon + roll(300) * 60_000), roll(2) ? 'missed' : 'answered')
    if (roll(3) === 0) await addEntry(pool, { contactId, conversationId, channelId, kind: 'note', direction: 'internal', at: new Date(noon + 1000) })
    if (roll(6) === 0) await addQuarantined(new Date(noon + roll(300) * 60_000))
  }
}

async function addCall(contactId: string, at: Date, outcome: string, conversationId?: string): Promise<void> {
  const id = newId()
  await hub.deps.pool.query(
    `insert into calls (id, channel_id, contact_id, conversation_id, direction, state, outcome, started_at, answered_at)
     values ($1, $2, $3, $7, 'inbound', 'ended', $4, $5, $6)`,
    [id, channelId, contactId, outcome, at, outcome === 'answered' ? at : null, conversationId ?? null],
  )
  const seed = { contactId, channelId, kind: 'call', medium: 'voice', at, ...(conversationId !== undefined && { conversationId }) }
  const entryId = await addEntry(hub.deps.pool, seed)
  await hub.deps.pool.query('update entries set call_id = $2 where id = $1', [entryId, id])
}

async function addQuarantined(at: Date): Promise<void> {
  await hub.deps.pool.query(
    `insert into quarantine (id, channel_id, delivery_id, key, reason, event, occurred_at, received_at) values ($1, $2, $3, $4, 'spam', '{}', $5, $5)`,
    [newId(), channelId, newId(), newId(), at],
  )
}

beforeAll(async () => {
  hub = await startApiHub()
  key = (await hub.makeKey('admin')).key
  channelId = await addChannel(hub.deps.pool)
  await hub.call('PATCH', '/settings', { key, body: { timeZone: zone } })
  for (const role of ['operator', 'operator', 'manager'] as const) {
    const user = await hub.makeUser(role)
    people.push({ id: user.id, cookie: await hub.signIn(user.email, user.password) })
  }
  await traffic()
}, 240_000)
afterAll(() => hub.close())

/** Every number is as many as its rows, and the parts make the whole. */
async function proven(days: string): Promise<Record<string, number>> {
  const today = await get(`/reports/today?${days}`)
  for (const [fact, count] of Object.entries(today.numbers)) {
    const rows = await rowsOf(`${days}&fact=${fact}`)
    expect([fact, rows.length, new Set(rows.map(({ id }) => id)).size]).toEqual([fact, count, count])
  }
  for (const { source, topic, count } of today.sources) {
    const query = `source=${encodeURIComponent(source ?? '')}&topic=${encodeURIComponent(topic ?? '')}`
    expect(await rowsOf(`${days}&fact=enquiries&${query}`)).toHaveLength(count)
  }
  for (const { hour, count } of today.hours) expect(await rowsOf(`${days}&fact=enquiries&hour=${hour}`)).toHaveLength(count)
  for (const { userId, counts } of today.people) {
    for (const [fact, count] of Object.entries(counts)) {
      expect([fact, (await rowsOf(`${days}&fact=${fact}&userId=${userId ?? 'nobody'}`)).length]).toEqual([fact, count])
    }
  }
  const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0)
  const { numbers } = today
  expect(sum(today.sources.map((one: { count: number }) => one.count))).toBe(numbers.enquiries)
  expect(sum(today.hours.map((one: { count: number }) => one.count))).toBe(numbers.enquiries)
  expect(numbers.answered + numbers.settled + numbers.unanswered).toBe(numbers.begun)
  expect(today.firstAnswer.all.n).toBe(numbers.answered)
  expect(sum(today.firstAnswer.media.map((one: { n: number }) => one.n))).toBe(numbers.answered)
  for (const fact of ['answers', 'answered', 'taken', 'closed', 'notes', 'logged']) {
    expect([fact, sum(today.people.map((one: { counts: Record<string, number> }) => one.counts[fact] ?? 0))]).toEqual([fact, numbers[fact]])
  }
  return numbers
}

describe('a number of the manager’s page', () => {
  it('is as many as its rows, and totals reconcile, through merges, moves, undoing, deleting and what is done by hand', async () => {
    const before = await proven(`from=${day}`)
    for (const fact of [
      'enquiries',
      'begun',
      'answered',
      'unanswered',
      'missed',
      'notCalledBack',
      'newLeads',
      'untouchedLeads',
      'quarantined',
      'answers',
      'notes',
    ])
      expect(before[fact], fact).toBeGreaterThan(0)
    const merge = await post(`/contacts/${contacts[0]}/merge`, { intoId: contacts[1] })
    const merged = await proven(`from=${day}`)
    expect([merged.enquiries, merged.answers]).toEqual([before.enquiries, before.answers])
    await post(`/merges/${merge.mergeId}/undo`, {})
    expect(await proven(`from=${day}`)).toEqual(before)
    const { items } = await get(`/contacts/${contacts[2]}/timeline`)
    await post(`/entries/${items.find((entry: { kind: string }) => entry.kind !== 'note').id}/move`, { contactId: contacts[3] })
    expect((await proven(`from=${day}`)).enquiries).toBe(before.enquiries)
    const touch = await post(`/contacts/${contacts[4]}/touches`, {
      medium: 'visit',
      direction: 'inbound',
      at: new Date(noon + 5000).toISOString(),
      topic: 'Окна',
    })
    expect((await proven(`from=${day}`)).enquiries).toBe((before.enquiries ?? 0) + 1)
    await hub.call('DELETE', `/touches/${touch.id}`, { key })
    expect((await proven(`from=${day}`)).enquiries).toBe(before.enquiries)
  }, 240_000)

  it('opens as CSV in which no cell is a formula', async () => {
    await hub.deps.pool.query(`update contacts set name = '=HYPERLINK("http://evil")' where id = $1`, [contacts[5]])
    const file = await get(`/reports/rows.csv?fact=enquiries&from=${day}&language=ru`)
    const { numbers } = await get(`/reports/today?from=${day}`)
    expect(file.split('\r\n')).toHaveLength(numbers.enquiries + 2)
    expect(file).toContain('HYPERLINK')
    expect(file).not.toMatch(/(^|;|")=HYPERLINK/m)
  })

  it('is refused to those who do not lead; an operator sees his own line and its rows', async () => {
    const [anna, boris] = people
    expect((await hub.call('GET', '/reports/today', { cookie: anna?.cookie ?? '' })).status).toBe(403)
    const { line } = await get(`/reports/mine?from=${day}`, { cookie: anna?.cookie ?? '' })
    expect(line.userId).toBe(anna?.id)
    const own = await get(`/reports/rows?from=${day}&fact=answers&limit=200&userId=${boris?.id}`, { cookie: anna?.cookie ?? '' })
    expect(own.items).toHaveLength(line.counts.answers)
    expect(new Set(own.items.map((row: { userId: string }) => row.userId))).toEqual(new Set([anna?.id]))
    expect((await hub.call('GET', `/reports/rows?from=${day}&fact=enquiries`, { cookie: anna?.cookie ?? '' })).status).toBe(403)
  })
})

describe('a file for Excel', () => {
  it('has the decimals of its language: a Russian Excel takes 1.5 for the first of May', async () => {
    const at = new Date('2026-07-20T08:00:00Z')
    const contactId = await addContact(hub.deps.pool, 'Полина')
    const conversationId = await addConversation(hub.deps.pool, { contactId, channelId })
    await addEntry(hub.deps.pool, { contactId, conversationId, channelId, at })
    const answer = { contactId, conversationId, channelId, direction: 'outbound', at: new Date(at.getTime() + 90_000) }
    const id = await addEntry(hub.deps.pool, answer)
    await hub.deps.pool.query('update entries set author_id = $2 where id = $1', [id, people[0]?.id])
    expect((await get('/reports/rows?fact=answered&from=2026-07-20')).items).toMatchObject([{ minutes: 1.5 }])
    expect(await get('/reports/rows.csv?fact=answered&from=2026-07-20&language=ru')).toContain(';1,5;')
    expect(await get('/reports/rows.csv?fact=answered&from=2026-07-20&language=en')).toContain(',1.5,')
  })
})

describe('a missed call', () => {
  const date = '2026-07-14'
  const at = (time: string) => new Date(`${date}T${time}:00Z`)

  it('begins a wait as a letter does, once, until somebody talks to the caller, who is called by his number', async () => {
    const { id: teamId } = await post('/teams', { name: 'Замеры' })
    const contactId = await addContact(hub.deps.pool, '', [{ kind: 'phone', value: '+79270041122' }])
    const conversationId = await addConversation(hub.deps.pool, { contactId, channelId, medium: 'voice', teamId, waitingSince: at('06:00') })
    await addCall(contactId, at('06:00'), 'missed', conversationId)
    await addCall(contactId, at('06:10'), 'abandoned', conversationId)
    const days = `from=${date}&teamId=${teamId}`
    const { numbers } = await get(`/reports/today?${days}`)
    expect(numbers).toMatchObject({ enquiries: 2, waiting: 1, begun: 1, answered: 0, unanswered: 1, missed: 2, notCalledBack: 2 })
    for (const fact of ['waiting', 'begun', 'unanswered', 'missed']) {
      const { items } = await get(`/reports/rows?${days}&fact=${fact}`)
      expect([fact, items[0]]).toMatchObject([fact, { name: '', identity: { kind: 'phone', value: '+79270041122' } }])
    }
    expect(await get(`/reports/rows.csv?${days}&fact=begun&language=ru`)).toContain('+79270041122')
    await addCall(contactId, at('06:30'), 'answered', conversationId)
    const later = await get(`/reports/today?${days}`)
    expect(later.numbers).toMatchObject({ begun: 1, answered: 1, unanswered: 0, notCalledBack: 0 })
    expect(later.firstAnswer.media).toMatchObject([{ key: 'voice', n: 1, median: 30 }])
  })
})

describe('the page of one team', () => {
  it('is a part of the whole: teams and what belongs to none add up, each number to its rows', async () => {
    const { pool } = hub.deps
    const teams = [await post('/teams', { name: 'Продажи' }), await post('/teams', { name: 'Сервис' })].map(({ id }) => id)
    await pool.query(`update conversations set team_id = case when id::text < '8' then null else $1::uuid end`, [teams[0]])
    await pool.query(`update conversations set team_id = $1 where contact_id = any($2::uuid[])`, [teams[1], contacts.slice(10, 20)])
    const whole = (await get(`/reports/today?from=${day}`)).numbers
    const parts = []
    for (const team of [...teams, 'none']) parts.push(await proven(`from=${day}&teamId=${team}`))
    const { items } = await get('/teams')
    for (const { id } of items) if (!teams.includes(id)) parts.push(await proven(`from=${day}&teamId=${id}`))
    for (const [fact, count] of Object.entries(whole))
      expect([fact, parts.reduce((total, part) => total + (part[fact] ?? 0), 0)]).toEqual([fact, count])
    expect(parts[1]?.enquiries).toBeGreaterThan(0)
    expect(parts[1]?.enquiries).toBeLessThan(whole.enquiries)
  }, 240_000)
})

describe('an enquiry', () => {
  async function told(source: object | null, at: string): Promise<{ source: string | null; topic: string | null }[]> {
    const contactId = await addContact(hub.deps.pool, 'One')
    const id = await addEntry(hub.deps.pool, { contactId, at: new Date(at), kind: 'form', subject: 'Окна' })
    await hub.deps.pool.query('update entries set source = $2 where id = $1', [id, source])
    const today = await get(`/reports/today?from=${at.slice(0, 10)}`)
    return today.sources.map((one: { source: string | null; topic: string | null }) => ({ source: one.source, topic: one.topic }))
  }

  it('without any source is there, as one without a source', async () => {
    expect(await told(null, '2026-09-01T08:00:00Z')).toEqual([{ source: null, topic: 'Окна' }])
  })

  it('has the source that its tags say, whatever the case, before the page it came from; one’s own site is none', async () => {
    const page = 'https://okna.ru/raschet'
    expect(await told({ utm: { source: ' YanDex' }, referrer: 'https://avito.ru', page }, '2026-09-02T08:00:00Z')).toEqual([
      { source: 'yandex', topic: 'Окна' },
    ])
    expect(await told({ referrer: 'https://www.avito.ru/samara', page }, '2026-09-03T08:00:00Z')).toEqual([{ source: 'avito.ru', topic: 'Окна' }])
    expect(await told({ referrer: 'https://www.okna.ru/', page }, '2026-09-04T08:00:00Z')).toEqual([{ source: null, topic: 'Окна' }])
  })

  it('falls on the day of the firm’s clock, also where the clocks change', async () => {
    await hub.call('PATCH', '/settings', { key, body: { timeZone: 'Europe/Berlin' } })
    const contactId = await addContact(hub.deps.pool, 'Night')
    const count = async (date: string) => (await get(`/reports/today?from=${date}`)).numbers.enquiries
    for (const at of ['2026-03-28T22:59:59Z', '2026-03-28T23:00:00Z', '2026-03-29T21:59:59Z', '2026-03-29T22:00:00Z'])
      await addEntry(hub.deps.pool, { contactId, at: new Date(at) })
    expect([await count('2026-03-28'), await count('2026-03-29'), await count('2026-03-30')]).toEqual([1, 2, 1])
    for (const at of ['2026-10-24T22:00:00Z', '2026-10-25T22:59:59Z', '2026-10-25T23:00:00Z'])
      await addEntry(hub.deps.pool, { contactId, at: new Date(at) })
    expect([await count('2026-10-25'), await count('2026-10-26')]).toEqual([2, 1])
    await hub.call('PATCH', '/settings', { key, body: { timeZone: zone } })
  })

  it('is compared with the same weekdays before, and no later than it is now', async () => {
    const { before } = await get('/reports/today?from=2026-10-14&to=2026-10-15')
    expect([before.from, before.until]).toEqual(['2026-10-06T20:00:00.000Z', '2026-10-08T20:00:00.000Z'])
    const now = await get('/reports/today')
    expect(Date.now() - new Date(now.before.until).getTime()).toBeGreaterThanOrEqual(7 * 86_400_000 - 60_000)
    expect(Date.now() - new Date(now.before.until).getTime()).toBeLessThan(7 * 86_400_000 + 60_000)
    expect((await hub.call('GET', '/reports/today?from=2026-10-14&to=2026-10-01', { key })).status).toBe(400)
    expect((await hub.call('GET', '/reports/today?from=2026-01-01&to=2026-10-01', { key })).status).toBe(400)
  })
})

describe('the first answer', () => {
  it('is measured from what began the wait, by the clock and in business hours, by any medium, not by a machine', async () => {
    const hours = { timeZone: zone, week: Array.from({ length: 7 }, () => [['09:00', '18:00']]), holidays: [] }
    const saved = await hub.call('PUT', '/routing/rules/firm/firm', { key, body: { rule: { hours } } })
    expect(saved.status).toBe(200)
    const contactId = await addContact(hub.deps.pool, 'Evening')
    const conversationId = await addConversation(hub.deps.pool, { contactId, channelId })
    const seed = (at: string, direction: string, kind = 'message') =>
      addEntry(hub.deps.pool, { contactId, conversationId, channelId, at: new Date(at), direction, kind })
    // 17:30 in Samara; asks once more; a machine answers; a person does next morning at 09:15.
    await seed('2026-08-03T13:30:00Z', 'inbound')
    await seed('2026-08-03T13:40:00Z', 'inbound')
    const robot = await seed('2026-08-03T13:41:00Z', 'outbound')
    await hub.deps.pool.query(`update entries set automatic = 'robot' where id = $1`, [robot])
    await seed('2026-08-04T05:15:00Z', 'outbound')
    const today = await get('/reports/today?from=2026-08-03')
    expect([today.numbers.enquiries, today.numbers.begun, today.numbers.answered]).toEqual([2, 1, 1])
    expect(today.firstAnswer.all).toMatchObject({ n: 1, median: 945, p90: 945, openMedian: 45, openP90: 45 })
  })
})
