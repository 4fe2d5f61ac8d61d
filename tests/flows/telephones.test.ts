import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningHub, startRunningHub } from '../support/running-hub.ts'

const secret = 'secret-of-the-pbx-0123456789'
let hub: RunningHub
let channel: { id: string; hookUrl: string }
beforeAll(async () => {
  hub = await startRunningHub()
  channel = await hub.addChannel('pbx-webhook', { secret })
}, 240_000)
afterAll(() => hub.close())

async function tell(...events: object[]): Promise<void> {
  const headers = { 'content-type': 'application/json', 'x-hub-key': secret }
  const answer = await fetch(channel.hookUrl, { method: 'POST', headers, body: JSON.stringify(events) })
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
}

async function hire(name: string): Promise<string> {
  const email = `${crypto.randomUUID()}@kontur.ru`
  return (await hub.api<{ user: { id: string } }>('POST', '/users', { name, email, role: 'operator' })).user.id
}

interface Call {
  id: string
  contactId: string
  conversationId: string
  userId: string | null
  dialled: string
}

async function callFrom(number: string): Promise<Call> {
  return await expect
    .poll(
      async () => {
        const { items } = await hub.api<{ items: (Call & { from: string })[] }>('GET', '/calls?limit=100')
        return items.find((call) => call.from === number)
      },
      { timeout: 60_000 },
    )
    .not.toBeUndefined()
    .then(async () => {
      const { items } = await hub.api<{ items: (Call & { from: string })[] }>('GET', '/calls?limit=100')
      const found = items.find((call) => call.from === number)
      if (!found) throw new Error(`no call of ${number}`)
      return found
    })
}

describe('the numbers of users', () => {
  test('are kept as PBXs write them, name who answered, and belong to one person each', async () => {
    const [anna, boris] = [await hire('Анна Белова'), await hire('Борис Шубин')]
    await hub.api('PUT', `/users/${anna}/numbers`, { items: [{ channelId: channel.id, value: ' SIP-101 ' }] })
    const { items } = await hub.api<{ items: object[] }>('GET', '/user-numbers')
    expect(items).toEqual([{ userId: anna, channelId: channel.id, value: 'sip-101' }])
    await expect(hub.api('PUT', `/users/${boris}/numbers`, { items: [{ channelId: channel.id, value: 'sip-101' }] })).rejects.toThrow(
      /409.*Анна Белова/,
    )
    await hub.api('PUT', `/users/${boris}/numbers`, { items: [{ channelId: null, value: 'sip-101' }] })
    await tell({ event: 'answered', callId: 'a-1', direction: 'inbound', from: '+79270000001', dialled: '+78463001240', extension: 'SIP-101' })
    expect((await callFrom('+79270000001')).userId).toBe(anna)
  })
})

describe('our numbers behind a PBX', () => {
  test('say where a caller knows us from and whose he is, however the PBX writes them', async () => {
    const team = await hub.api<{ id: string }>('POST', '/teams', { name: 'Продажи', memberIds: [] })
    const item = { value: '8 (846) 300-12-41', name: 'Щит', source: 'Щит на Московском', teamId: team.id }
    expect(await hub.api('PUT', `/channels/${channel.id}/addresses`, { items: [item] })).toMatchObject({ items: [{ value: '+78463001241' }] })
    await tell({ event: 'ringing', callId: 'b-1', direction: 'inbound', from: '+79270000002', dialled: '78463001241', extension: '101' })
    const call = await callFrom('+79270000002')
    expect(call.dialled).toBe('+78463001241')
    expect(await hub.api('GET', `/conversations/${call.conversationId}`)).toMatchObject({ teamId: team.id, ourAddress: '+78463001241' })
    const leads = await hub.api<{ items: object[] }>('GET', `/leads?contactId=${call.contactId}`)
    expect(leads.items).toMatchObject([{ source: { extra: { dialled: '+78463001241', source: 'Щит на Московском' } } }])
  })

  test('are refused for a team that is not there', async () => {
    const item = { value: '+78463001242', teamId: crypto.randomUUID() }
    await expect(hub.api('PUT', `/channels/${channel.id}/addresses`, { items: [item] })).rejects.toThrow(/404/)
  })
})

interface Candidates {
  address: { source: string } | null
  items: { contactId: string; name: string; isChosen: boolean; tasks: { title: string }[]; touches: object[] }[]
}

describe('a number that several clients have', () => {
  test('offers them all; the call chosen goes there with its task and lead, is on no second card, and its next events find it', async () => {
    const number = '+79270000003'
    await tell({ event: 'ringing', callId: 'c-1', direction: 'inbound', from: number, dialled: '+78463001241', extension: '101' })
    const call = await callFrom(number)
    const husband = await hub.api<{ id: string }>('POST', '/contacts', { name: 'Андрей Лукьянов', identities: [{ kind: 'phone', value: number }] })
    await hub.api('POST', '/tasks', { title: 'Прислать КП', due: { at: '2030-01-01T10:00:00.000Z' }, callId: call.id })
    const before = await hub.api<Candidates>('GET', `/calls/${call.id}/candidates`)
    expect(before.address).toMatchObject({ source: 'Щит на Московском' })
    expect(before.items).toMatchObject([
      { contactId: call.contactId, isChosen: true, tasks: [{ title: 'Прислать КП' }] },
      { contactId: husband.id, name: 'Андрей Лукьянов', isChosen: false },
    ])
    expect(await hub.api('POST', `/calls/${call.id}/card`, { contactId: husband.id })).toMatchObject({ id: call.id, contactId: husband.id })
    await tell({ event: 'answered', callId: 'c-1', extension: '101' }, { event: 'ended', callId: 'c-1', outcome: 'answered' })
    await expect
      .poll(async () => await hub.api<object>('GET', `/calls/${call.id}`), { timeout: 60_000 })
      .toMatchObject({ state: 'ended', contactId: husband.id })
    const kindsOf = async (id: string) =>
      (await hub.api<{ items: { kind: string }[] }>('GET', `/contacts/${id}/timeline`)).items.map(({ kind }) => kind)
    expect([await kindsOf(call.contactId), await kindsOf(husband.id)]).toEqual([[], ['call']])
    expect((await hub.api<{ items: object[] }>('GET', `/tasks?contactId=${husband.id}`)).items).toMatchObject([{ title: 'Прислать КП' }])
    expect((await hub.api<{ items: object[] }>('GET', `/leads?contactId=${husband.id}`)).items).toHaveLength(1)
    expect((await hub.api<{ items: object[] }>('GET', `/leads?contactId=${call.contactId}`)).items).toHaveLength(0)
  })

  test('may be of a client nobody knows yet', async () => {
    const number = '+79270000003'
    await tell({ event: 'ringing', callId: 'c-2', direction: 'inbound', from: number, extension: '101', at: '2026-11-22T09:00:00Z' })
    const known = await callFrom(number)
    const made = await hub.api<Call>('POST', `/calls/${known.id}/card`, { contactId: null })
    expect(made.contactId).not.toBe(known.contactId)
    expect(await hub.api('GET', `/contacts/${made.contactId}`)).toMatchObject({ stage: 'lead', identities: [{ value: number }] })
  })
})

describe('reviewing', () => {
  interface User {
    id: string
    email: string
    password: string
  }
  async function person(name: string, role: string): Promise<User> {
    const email = `${crypto.randomUUID()}@kontur.ru`
    const made = await hub.api<{ user: { id: string }; temporaryPassword: string }>('POST', '/users', { name, email, role })
    return { id: made.user.id, email, password: made.temporaryPassword }
  }
  async function as({
    email,
    password,
  }: User): Promise<(method: string, path: string, body?: object) => Promise<{ status: number; body: ReturnType<typeof JSON.parse> }>> {
    const headers = { 'content-type': 'application/json', origin: hub.url }
    const entered = await fetch(`${hub.url}/api/auth/sign-in/email`, { method: 'POST', headers, body: JSON.stringify({ email, password }) })
    const cookie = entered.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ')
    return async (method, path, body) => {
      const answer = await fetch(`${hub.url}/api/v1${path}`, { method, headers: { ...headers, cookie }, ...(body && { body: JSON.stringify(body) }) })
      const text = await answer.text()
      return { status: answer.status, body: answer.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text }
    }
  }

  test('marks are counted, kept in the words of their day, seen by whose work it is, and go out as a table of 1 and 0', async () => {
    const [chief, anna, boris] = [
      await person('Ирина Мельник', 'reviewer'),
      await person('Анна Зорина', 'operator'),
      await person('Борис Лесков', 'operator'),
    ]
    const [asChief, asAnna, asBoris] = [await as(chief), await as(anna), await as(boris)]
    await hub.api('PUT', `/users/${anna.id}/numbers`, { items: [{ channelId: channel.id, value: '201' }] })
    for (const index of [1, 2, 3]) {
      const from = `+7927000010${index}`
      await tell({
        event: 'summary',
        callId: `d-${index}`,
        direction: 'inbound',
        from,
        extension: '201',
        outcome: 'answered',
        startedAt: new Date(Date.now() - 60_000).toISOString(),
        answeredAt: new Date(Date.now() - 50_000).toISOString(),
        endedAt: new Date().toISOString(),
        talkSeconds: 50,
        waitSeconds: 10,
      })
    }
    const call = await callFrom('+79270000101')
    expect(call.userId).toBe(anna.id)
    const list = await hub.api<{ items: { id: string; part: string }[] }>('GET', '/checklist')
    const [one, two] = list.items.filter(({ part }) => part === 'call')
    const marks = [
      { itemId: one?.id, value: 1 },
      { itemId: two?.id, value: 0, atSeconds: 12.5 },
    ]
    expect((await asAnna('PUT', `/reviews/call/${call.id}`, { marks })).status).toBe(403)
    expect((await asChief('PUT', `/reviews/call/${call.id}`, { marks })).body).toMatchObject({
      ones: 1,
      marked: 2,
      userId: anna.id,
      reviewerId: chief.id,
    })
    expect((await asChief('PUT', `/reviews/card/${call.contactId}`, { marks: [] })).status).toBe(200)
    expect((await asChief('PUT', `/reviews/conversation/${call.conversationId}`, { marks: [] })).status).toBe(200)
    expect((await asAnna('GET', '/reviews')).body.items).toMatchObject([{ subjectId: call.id, marks: [{ value: 1 }, { value: 0, atSeconds: 12.5 }] }])
    expect((await asBoris('GET', '/reviews')).body.items).toEqual([])
    expect((await asChief('GET', '/calls?reviewed=true')).body.items).toMatchObject([{ id: call.id }])
    await asChief('POST', `/calls/${call.id}/comments`, { atSeconds: 12.5, text: 'Срок надо назвать сразу' })
    expect((await asAnna('GET', `/calls/${call.id}/comments`)).body.items).toMatchObject([{ text: 'Срок надо назвать сразу', atSeconds: 12.5 }])
    expect((await asBoris('GET', `/calls/${call.id}/comments`)).body.items).toEqual([])
    expect((await asBoris('POST', `/calls/${call.id}/comments`, { atSeconds: 1, text: 'x' })).status).toBe(403)
    const file = String((await asChief('GET', '/reviews/rows.csv?kind=call&language=ru')).body).split('\r\n')
    expect(file[0]).toContain('Единиц;Отмечено')
    expect(file[1]).toMatch(/call;Анна Зорина;Ирина Мельник;1;0;1;2/)
    expect((await asAnna('GET', '/reviews/rows.csv')).status).toBe(403)
  })

  test('chance draws so many of each operator and day, and no more when it is asked again', async () => {
    const list = await hub.api<{ items: object[] }>('GET', '/checklist')
    await hub.api('PUT', '/checklist', { ...list, perDay: 2 })
    for (const index of [2, 3]) await callFrom(`+7927000010${index}`)
    const { startedAt } = await hub.api<{ startedAt: string }>('GET', `/calls/${(await callFrom('+79270000101')).id}`)
    const day = new Date(startedAt).toLocaleDateString('sv-SE', { timeZone: 'Europe/Moscow' })
    expect(await hub.api('POST', '/reviews/sample', { day })).toEqual({ drawn: 2 })
    expect(await hub.api('POST', '/reviews/sample', { day })).toEqual({ drawn: 0 })
    expect((await hub.api<{ items: object[] }>('GET', `/calls?sampled=${day}`)).items).toHaveLength(2)
  })

  test('who sees his own clients alone hears of the calls that ring him, and of no other', async () => {
    const own = await person('Вера Котова', 'operator')
    await hub.api('PATCH', `/users/${own.id}`, { ownClientsOnly: true })
    await hub.api('PUT', `/users/${own.id}/numbers`, { items: [{ channelId: channel.id, value: '301' }] })
    const asOwn = await as(own)
    const { cursor } = (await asOwn('GET', '/events?limit=1')).body
    await tell({ event: 'ringing', callId: 'e-1', direction: 'inbound', from: '+79270000201', extension: '302' })
    await tell({ event: 'ringing', callId: 'e-2', direction: 'inbound', from: '+79270000202', extension: '301' })
    const call = await callFrom('+79270000202')
    await callFrom('+79270000201')
    const heard = async (): Promise<string[]> => {
      const { items } = (await asOwn('GET', `/events?after=${cursor}&limit=200`)).body
      return items.filter((item: { type: string }) => item.type === 'call.changed').map((item: { payload: { from: string } }) => item.payload.from)
    }
    await expect.poll(async () => [...new Set(await heard())], { timeout: 60_000 }).toEqual(['+79270000202'])
    expect((await asOwn('GET', `/calls/${call.id}/candidates`)).body.items).toHaveLength(1)
    const choice = await asOwn('POST', `/calls/${call.id}/card`, { contactId: null })
    expect(choice.body).toMatchObject({ id: call.id })
  })
})
