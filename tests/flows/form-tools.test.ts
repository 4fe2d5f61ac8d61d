import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningHub, startRunningHub } from '../support/running-hub.ts'

// What an integrator does while he connects a site: over real HTTP, against the whole program.

interface Delivery {
  id: string
  status: string
  reason: string | null
  test: boolean | null
  removedAt: string | null
  events: { status: string; reason: string | null; entryId: string | null }[]
}
interface Preview {
  items: {
    sender: { en: string }
    fields: { path: string; as?: string; by?: string; value: string }[]
    card: { name: string | null; subject: string | null; reason: string | null; identities: { kind: string; value: string }[] }
    match: {
      isKnown: boolean
      contact: { id: string; name: string } | null
      lead: string
      others: number
      match: { reason: string; evidence: string }
    }
  }[]
}
interface Page<Item> {
  items: Item[]
  nextCursor: string | null
}

let hub: RunningHub
beforeAll(async () => {
  hub = await startRunningHub()
})
afterAll(() => hub.close())

const list = (channelId: string, more = '') => hub.api<Page<Delivery>>('GET', `/deliveries?channelId=${channelId}${more}`)
const post = (url: string, body: object | string, headers: Record<string, string> = {}) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': typeof body === 'string' ? 'application/x-www-form-urlencoded' : 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

/** All that has arrived by the channel, once it is applied. */
async function applied(channelId: string, count: number, more = '&tests=all'): Promise<Delivery[]> {
  return await expect
    .poll(async () => (await list(channelId, more)).items.filter(({ status }) => status !== 'received'), { timeout: 60_000 })
    .toHaveLength(count)
    .then(async () => (await list(channelId, more)).items)
}

/** What people see of clients, in numbers. */
async function clients() {
  const [contacts, leads, waiting, conversations, today] = await Promise.all([
    hub.api<Page<{ id: string; name: string; lastTouchAt: string }>>('GET', '/contacts?limit=200'),
    hub.api<Page<{ id: string; topic: string; lastTouch: { entryId: string } }>>('GET', '/leads?limit=200'),
    hub.api<Page<{ contactId: string }>>('GET', '/waiting?limit=200'),
    hub.api<Page<{ id: string }>>('GET', '/conversations?limit=200'),
    hub.api<{ numbers: object; sources: object; hours: object }>('GET', '/reports/today'),
  ])
  return {
    contacts: contacts.items.map(({ id, name, lastTouchAt }) => `${id} ${name} ${lastTouchAt}`).sort(),
    leads: leads.items.map(({ id, topic, lastTouch }) => `${id} ${topic} ${lastTouch.entryId}`).sort(),
    waiting: waiting.items.length,
    conversations: conversations.items.map(({ id }) => id).sort(),
    reports: { numbers: today.numbers, sources: today.sources, hours: today.hours },
  }
}

describe('a test', () => {
  it('of Tilda is answered ok, stands in the log as a test, and touches no card', async () => {
    const { id, hookUrl } = await hub.addChannel('form', {})
    const before = await clients()
    const answer = await post(hookUrl, 'test=test')
    expect([answer.status, await answer.text()]).toEqual([200, 'ok'])
    const [delivery] = await applied(id, 1)
    expect(delivery).toMatchObject({ status: 'ignored', test: true, reason: 'Tilda checks the address' })
    expect(await clients()).toEqual(before)
  })

  it.each([{ proof: 'url' }, { proof: 'secret', secret: 'long-enough-secret' }, { proof: 'public', origins: ['https://shop.example'] }])(
    'by the button passes the proof of %o, touches no card, and says so in the audit',
    async (settings) => {
      const { id } = await hub.addChannel('form', settings)
      const before = await clients()
      await hub.api('POST', `/channels/${id}/ping`)
      const [delivery] = await applied(id, 1)
      expect(delivery).toMatchObject({ status: 'ignored', test: true, reason: 'the request says that it is a test' })
      expect(await clients()).toEqual(before)
      const audit = await hub.api<Page<{ action: string }>>('GET', `/audit?subject=${id}`)
      expect(audit.items.map(({ action }) => action)).toContain('channel.tested')
    },
  )

  it('that was none is applied once a person says so', async () => {
    const { id, hookUrl } = await hub.addChannel('form', {})
    await post(hookUrl, { name: 'Вера', phone: '+7 916 555-01-01', switchboard_test: '1' })
    const [test] = await applied(id, 1)
    const real = await hub.api<Delivery>('POST', `/deliveries/${test?.id}/test`, { isTest: false })
    expect(real).toMatchObject({ status: 'applied', test: false, events: [{ status: 'applied' }] })
    expect((await clients()).contacts.join()).toContain('Вера')
    await hub.api('POST', `/deliveries/${test?.id}/replay`)
    expect((await list(id)).items[0]).toMatchObject({ status: 'applied' })
  })
})

describe('test deliveries that made cards', () => {
  it('are removed as if they had never been, others untouched, and come back', async () => {
    const { id, hookUrl } = await hub.addChannel('form', { topic: 'Окна' })
    await post(hookUrl, { name: 'Настоящая Анна', phone: '+7 916 700-00-01', message: 'first' })
    await applied(id, 1)
    const before = await clients()
    await post(hookUrl, { name: 'Проба', phone: '+7 916 700-00-02', message: 'test of a new face' })
    await applied(id, 2)
    await post(hookUrl, { name: 'Проба', phone: '+7 916 700-00-01', email: 'probe@shop.example', message: 'test on her card' })
    const [onHers, onOwn] = await applied(id, 3)
    const during = await clients()
    expect(during.contacts).toHaveLength(before.contacts.length + 1)
    for (const one of [onHers, onOwn]) await hub.api('POST', `/deliveries/${one?.id}/test`, { isTest: true })
    expect(await clients()).toEqual(during)
    const { items } = await hub.api<Page<object>>('POST', '/deliveries/remove-tests', { ids: [onHers?.id, onOwn?.id] })
    expect(items).toEqual([
      { id: onHers?.id, is: 'removed', reason: null, entries: 1, leads: 0, contacts: 0, left: [] },
      { id: onOwn?.id, is: 'removed', reason: null, entries: 1, leads: 1, contacts: 1, left: [] },
    ])
    expect(await clients()).toEqual(before)
    const found = await hub.api<Page<object>>('GET', '/contacts?query=probe@shop.example')
    expect(found.items).toEqual([])
    expect((await list(id)).items).toHaveLength(1)
    expect((await list(id, '&tests=only')).items).toMatchObject([{ status: 'ignored' }, { status: 'ignored' }])

    await hub.api('POST', `/deliveries/${onOwn?.id}/replay`)
    expect(await clients()).toEqual(before)
    await hub.api('POST', `/deliveries/${onOwn?.id}/test`, { isTest: false })
    expect((await clients()).contacts.join()).toContain('Проба')
  })

  it('on which somebody built something stay, with the reason', async () => {
    const { id, hookUrl } = await hub.addChannel('form', {})
    await post(hookUrl, { name: 'С заметкой', phone: '+7 916 700-00-11' })
    const [delivery] = await applied(id, 1)
    const entry = await hub.api<{ conversationId: string }>('GET', `/entries/${delivery?.events[0]?.entryId}`)
    await hub.api('POST', `/conversations/${entry.conversationId}/notes`, { text: 'called him' })
    await hub.api('POST', `/deliveries/${delivery?.id}/test`, { isTest: true })
    const before = await clients()
    const { items } = await hub.api<Page<object>>('POST', '/deliveries/remove-tests', { ids: [delivery?.id] })
    expect(items).toMatchObject([{ is: 'kept', reason: 'written' }])
    expect(await clients()).toEqual(before)
  })

  it('which began a lead that a real client then touched leave it to him', async () => {
    const { id, hookUrl } = await hub.addChannel('form', { topic: 'Двери' })
    await post(hookUrl, { name: 'Пётр', phone: '+7 916 700-00-21', message: 'test', utm_source: 'probe' })
    await applied(id, 1)
    await post(hookUrl, { name: 'Пётр', phone: '+7 916 700-00-21', message: 'real', utm_source: 'vk' })
    const [real, test] = await applied(id, 2)
    await hub.api('POST', `/deliveries/${test?.id}/test`, { isTest: true })
    const { items } = await hub.api<Page<object>>('POST', '/deliveries/remove-tests', { ids: [test?.id] })
    expect(items).toMatchObject([{ is: 'removed', leads: 0, contacts: 0, left: ['contact_has_more'] }])
    const leads = await hub.api<Page<{ topic: string; source: object; firstTouch: object }>>('GET', '/leads?limit=200')
    expect(leads.items.find(({ topic }) => topic === 'Двери')).toMatchObject({
      source: { utm: { source: 'vk' } },
      firstTouch: { entryId: real?.events[0]?.entryId },
    })
  })

  it('are removed only when they are marked', async () => {
    const { id, hookUrl } = await hub.addChannel('form', {})
    await post(hookUrl, { name: 'Не проба', phone: '+7 916 700-00-31' })
    const [delivery] = await applied(id, 1)
    const { items } = await hub.api<Page<object>>('POST', '/deliveries/remove-tests', { ids: [delivery?.id] })
    expect(items).toMatchObject([{ is: 'gone_before', entries: 0 }])
    expect((await clients()).contacts.join()).toContain('Не проба')
  })
})

it('the same person within the window is a second touch on one lead, marked where nobody named the request', async () => {
  const { id, hookUrl } = await hub.addChannel('form', { topic: 'Ремонт' })
  await post(hookUrl, { name: 'Олег', phone: '8 (916) 800-00-01', message: 'hello' })
  await applied(id, 1)
  await post(hookUrl, { name: 'олег', phone: '+79168000001', message: 'hello' })
  const [second, first] = await applied(id, 2)
  const leads = (await hub.api<Page<{ topic: string; firstTouch: object; lastTouch: object }>>('GET', '/leads?limit=200')).items
  expect(leads.filter(({ topic }) => topic === 'Ремонт')).toMatchObject([
    { firstTouch: { entryId: first?.events[0]?.entryId }, lastTouch: { entryId: second?.events[0]?.entryId } },
  ])
  expect(second?.events[0]?.reason).toBe('perhaps_repeated')
})

it('consent is kept with its words, version, time and the address of the visitor; files are kept', async () => {
  const { id, hookUrl } = await hub.addChannel('form', { proof: 'public' })
  const body = new FormData()
  const fields = { name: 'Ия', phone: '+7 916 800-00-02', agree: '1', consent_text: 'Согласна на обработку', consent_version: '4' }
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  body.append('cv', new File(['hello'], 'cv.txt', { type: 'text/plain' }))
  await fetch(hookUrl, { method: 'POST', body, headers: { origin: 'https://shop.example', 'x-switchboard-sender-address': '6.6.6.6' } })
  const [delivery] = await applied(id, 1)
  const entry = await hub.api<{ contactId: string; attachments: object[]; extra: object }>('GET', `/entries/${delivery?.events[0]?.entryId}`)
  expect(entry.attachments).toMatchObject([{ name: 'cv.txt', size: 5, state: 'ready' }])
  const { consents } = await hub.api<{ consents: { at: string }[] }>('GET', `/contacts/${entry.contactId}/consents`)
  expect(consents).toMatchObject([{ text: 'Согласна на обработку', version: '4', address: '127.0.0.1' }])
  expect(Date.parse(consents[0]?.at ?? '')).toBeGreaterThan(Date.now() - 600_000)
})

describe('the mapping', () => {
  it('shows each field and why, the card, whom it would match and why, and by a draft what would change', async () => {
    const { id, hookUrl } = await hub.addChannel('form', { topic: 'Полы' })
    await post(hookUrl, { name: 'Инна', phone: '+7 916 900-00-01' })
    await applied(id, 1)
    await post(hookUrl, { q1: 'Инна Ким', q2: '8 916 900 00 01', svc: '17' })
    const [delivery] = await applied(id, 2)
    const plain = await hub.api<Preview>('POST', `/channels/${id}/preview`, { deliveryId: delivery?.id })
    expect(plain.items[0]).toMatchObject({
      sender: { en: 'JSON' },
      match: { isKnown: true, lead: 'touch', match: { reason: 'known_identity', evidence: 'claimed' } },
    })
    expect(plain.items[0]?.match.contact?.name).toBe('Инна')
    expect(plain.items[0]?.fields).toContainEqual({ path: 'q2', name: 'q2', value: '8 916 900 00 01', as: 'phone', by: 'value' })

    const mapping = { q1: 'name', q2: 'ignore', svc: { as: 'topic', choices: { 17: 'Окна' } } }
    const draft = await hub.api<Preview>('POST', `/channels/${id}/preview`, { deliveryId: delivery?.id, settings: { mapping } })
    expect(draft.items[0]).toMatchObject({
      card: { name: 'Инна Ким', subject: 'Окна', identities: [] },
      match: { isKnown: false, match: { reason: 'no_identity' } },
    })
  })

  it('tells an integrator that there is a card, and why, but not whose; that he looked is on record', async () => {
    const { id, hookUrl } = await hub.addChannel('form', {})
    await post(hookUrl, { name: 'Тайная Клиентка', phone: '+7 916 900-00-77' })
    const [delivery] = await applied(id, 1)
    const { key } = await hub.api<{ key: string }>('POST', '/api-keys', { name: 'site', role: 'integrator' })
    const answer = await fetch(`${hub.url}/api/v1/channels/${id}/preview`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ deliveryId: delivery?.id, settings: { mapping: { name: 'ignore' } } }),
    })
    const preview = (await answer.json()) as Preview
    expect(preview.items[0]?.match).toMatchObject({ isKnown: true, contact: null, match: { reason: 'known_identity' } })
    expect(JSON.stringify(preview.items[0]?.match)).not.toContain('Тайная')
    const audit = await hub.api<Page<{ action: string }>>('GET', `/audit?subject=${delivery?.id}`)
    expect(audit.items.map(({ action }) => action)).toEqual(['delivery.read'])
  })

  it('says what the last deliveries would have become, and writes nothing', async () => {
    const { id, hookUrl } = await hub.addChannel('form', {})
    for (let n = 0; n < 5; n++) await post(hookUrl, { tel_or_mail: `+7 916 901-00-0${n}`, who: `Клиент ${n}`, svc: n % 2 === 0 ? 'a' : 'b' })
    await applied(id, 5)
    const before = await clients()
    const run = (mapping: object, cursor?: string) =>
      hub.api<Page<object> & { checked: number; counts: object; samples: { change: string; before: object[]; after: object[] }[] }>(
        'POST',
        `/channels/${id}/dry-run`,
        { settings: { mapping }, limit: 3, ...(cursor && { cursor }) },
      )
    const first = await run({ who: 'name' })
    expect(first).toMatchObject({ checked: 3, counts: { changed: 3, same: 0, new: 0, broken: 0 } })
    expect(first.samples[0]).toMatchObject({ before: [{ name: null }], after: [{ name: 'Клиент 4' }] })
    expect(await run({ who: 'name' }, first.nextCursor ?? '')).toMatchObject({ checked: 2, nextCursor: null })
    expect(await run({ tel_or_mail: 'ignore' })).toMatchObject({ counts: { broken: 3 } })
    expect(await run({})).toMatchObject({ counts: { same: 3 } })
    expect(await clients()).toEqual(before)
  })

  it('is kept when it changes, and can be put back', async () => {
    const { id } = await hub.addChannel('form', { mapping: { a: 'name' }, proof: 'secret', secret: 'long-enough-secret' })
    await hub.api('PATCH', `/channels/${id}`, { settings: { mapping: { a: 'phone' } } })
    const { items } = await hub.api<Page<{ settings: { mapping: object; secret: string }; changed: string[] }>>('GET', `/channels/${id}/versions`)
    expect(items).toMatchObject([{ settings: { mapping: { a: 'name' } }, changed: ['mapping'] }])
    expect(items[0]?.settings.secret).toMatch(/^•+$/)
    await hub.api('PATCH', `/channels/${id}`, { settings: { mapping: items[0]?.settings.mapping } })
    expect(await hub.api('GET', `/channels/${id}`)).toMatchObject({ settings: { mapping: { a: 'name' } } })
    const audit = await hub.api<Page<{ action: string; detail: object }>>('GET', `/audit?subject=${id}`)
    expect(audit.items.filter(({ action }) => action === 'channel.updated')).toHaveLength(2)
  })
})

it('a pasted form gives its mapping, its card and code that sends here', async () => {
  const { id } = await hub.addChannel('form', {})
  const text = '<form action="/x"><label>Ваше имя<input name="f1"></label><input type="tel" name="f2"></form>'
  const read = await hub.api<Preview & { is: object; mapping: object; snippet: { code: string } }>('POST', `/channels/${id}/example`, { text })
  expect(read).toMatchObject({ is: { en: 'A form of a page' }, mapping: { f1: { as: 'name' }, f2: { as: 'phone' } } })
  expect(read.items[0]?.card).toMatchObject({ name: 'Анна Ким', identities: [{ kind: 'phone' }] })
  expect(read.snippet.code).toContain('/hooks/form/')
  expect(await hub.api('POST', `/channels/${id}/example`, { text: 'hello' })).toMatchObject({ is: null, snippet: null })
})

it('the health of a channel says what came, what went wrong and what to do', async () => {
  const { id, hookUrl } = await hub.addChannel('form', { proof: 'secret', secret: 'long-enough-secret' })
  expect(await hub.api('GET', `/channels/${id}/health`)).toMatchObject({ lastDeliveryAt: null, lagMs: null, advice: ['nothing_came'] })
  await post(hookUrl, { name: 'x' }, { 'x-hub-key': 'wrong' })
  await post(hookUrl, 'not json at all', { 'x-hub-key': 'long-enough-secret', 'content-type': 'application/json' })
  await applied(id, 1)
  const read = () => hub.api<{ lagMs: number; faults: object[] }>('GET', `/channels/${id}/health`)
  await expect.poll(read).toMatchObject({ refusedToday: 1, parked: 1, today: 1, advice: ['refused', 'parked'] })
  const health = await read()
  expect(health.lagMs).toBeGreaterThanOrEqual(0)
  expect(health.faults).toHaveLength(2)
  expect(health.faults).toContainEqual(expect.objectContaining({ what: 'parked', reason: 'the body is not valid JSON', count: 1 }))
  expect(health.faults).toContainEqual(expect.objectContaining({ what: 'refused', reason: 'the secret does not match', count: 1 }))
})
