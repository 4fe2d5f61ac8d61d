import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../src/core/database/id.ts'
import { type ApiHub, startApiHub } from '../support/api-hub.ts'
import { addChannel, addContact, addConversation, addEntry } from '../support/cards.ts'

let hub: ApiHub
let key: string
beforeAll(async () => {
  hub = await startApiHub()
  key = (await hub.makeKey('manager')).key
})
afterAll(() => hub.close())

const get = (path: string) => hub.call('GET', path, { key })
const post = (path: string, body: unknown = {}) => hub.call('POST', path, { key, body })

test('a card is made, found, edited, restored, merged and unmerged over the API', async () => {
  const made = await post('/contacts', { name: 'Анна', identities: [{ kind: 'phone', value: '8 (916) 888-00-01' }] })
  expect(made).toMatchObject({
    status: 201,
    body: {
      name: 'Анна',
      stage: 'lead',
      mergedIntoId: null,
      identities: [{ kind: 'phone', value: '+79168880001', role: 'personal', evidence: 'manual' }],
    },
  })
  const { id } = made.body
  expect((await get(`/contacts?query=${encodeURIComponent('8 916 888-00-01')}`)).body.items.map((card: { id: string }) => card.id)).toEqual([id])
  expect((await get('/contacts/existing?kind=phone&value=%2B79168880001')).body).toMatchObject({ contacts: [{ id }] })
  await hub.call('PATCH', `/contacts/${id}`, { key, body: { name: 'Анна Петрова', fields: { city: 'Омск' } } })
  const edits = await get(`/contacts/${id}/edits`)
  const renamed = edits.body.items.find((edit: { field: string }) => edit.field === 'name')
  expect((await post(`/contacts/${id}/edits/${renamed.id}/restore`)).body).toMatchObject({ name: 'Анна', fields: { city: 'Омск' } })
  const twin = await addContact(hub.deps.pool, 'Twin')
  await addEntry(hub.deps.pool, { contactId: twin, text: 'from the twin' })
  expect((await get(`/contacts/${twin}/merge-preview?intoId=${id}`)).body).toMatchObject({ from: { entries: 1 }, hidden: [{ field: 'name' }] })
  const merged = await post(`/contacts/${twin}/merge`, { intoId: id })
  expect(merged).toMatchObject({ status: 200, body: { mergeId: expect.any(String) } })
  expect((await get(`/contacts/${id}/timeline`)).body.items).toMatchObject([{ text: 'from the twin', contactId: twin, cardId: id }])
  expect((await post(`/contacts/${twin}/merge`, { intoId: id })).body).toMatchObject({ code: 'already_merged' })
  expect((await get(`/merges/${merged.body.mergeId}/undo-preview`)).body).toMatchObject({ fromId: twin, intoId: id, edits: [] })
  expect((await post(`/merges/${merged.body.mergeId}/undo`)).body).toMatchObject({ from: { id: twin, mergedIntoId: null }, into: { id } })
  expect((await get(`/contacts/${id}/timeline`)).body.items).toEqual([])
})

test('a timeline takes its filters from the query', async () => {
  const contactId = await addContact(hub.deps.pool, 'Filtered')
  await addEntry(hub.deps.pool, { contactId, text: 'letter', medium: 'email' })
  await addEntry(hub.deps.pool, { contactId, text: 'call', kind: 'call', medium: 'voice' })
  const texts = async (query: string) =>
    (await get(`/contacts/${contactId}/timeline?${query}`)).body.items.map((entry: { text: string }) => entry.text)
  expect(await texts('kind=call')).toEqual(['call'])
  expect((await texts('kind=call,message')).sort()).toEqual(['call', 'letter'])
  expect((await texts('medium=email&medium=voice')).sort()).toEqual(['call', 'letter'])
  expect(await texts('until=2020-01-01T00:00:00Z')).toEqual([])
  expect(await get(`/contacts/${contactId}/timeline?kind=nonsense`)).toMatchObject({ status: 400, body: { code: 'invalid_request' } })
  expect(await get(`/contacts/${contactId}/timeline?cursor=nonsense`)).toMatchObject({ status: 400, body: { code: 'invalid_cursor' } })
})

test('leads, companies, conversations, the waiting list and search answer', async () => {
  const contactId = await addContact(hub.deps.pool, 'Иван Ёлкин')
  const company = await post('/companies', { name: 'Ёлки', domain: 'elki.example' })
  expect(company).toMatchObject({ status: 201, body: { name: 'Ёлки', people: 0 } })
  expect((await hub.call('PATCH', `/contacts/${contactId}`, { key, body: { companyId: company.body.id } })).body.companyId).toBe(company.body.id)
  const lead = await post('/leads', { contactId, topic: 'Ёлка' })
  expect(lead).toMatchObject({ status: 201, body: { status: 'new' } })
  expect(await hub.call('PATCH', `/leads/${lead.body.id}`, { key, body: { status: 'lost' } })).toMatchObject({ status: 400 })
  expect((await hub.call('PATCH', `/leads/${lead.body.id}`, { key, body: { status: 'won' } })).body.status).toBe('won')
  expect((await get(`/leads?contactId=${contactId}&status=won`)).body.items).toHaveLength(1)
  expect((await get('/leads/counts')).body.won).toBeGreaterThan(0)
  const conversationId = await addConversation(hub.deps.pool, { contactId, channelId: await addChannel(hub.deps.pool), waitingSince: new Date() })
  await addEntry(hub.deps.pool, { contactId, conversationId, text: 'Сколько стоят ёлки с доставкой?' })
  expect((await get('/conversations?state=waiting')).body.items).toMatchObject([{ id: conversationId, state: 'waiting' }])
  expect((await get('/waiting')).body).toMatchObject({ items: [{ contact: { name: 'Иван Ёлкин' } }], counts: { all: 1 } })
  expect((await get(`/conversations/${conversationId}/messages`)).body).toMatchObject({
    items: [{ text: 'Сколько стоят ёлки с доставкой?' }],
    cursor: expect.stringMatching(/^\d+\.\d+$/),
  })
  expect((await post(`/conversations/${conversationId}/notes`, { text: 'Позвонить завтра' })).body).toMatchObject({
    kind: 'note',
    direction: 'internal',
  })
  const found = await get(`/search?query=${encodeURIComponent('доставка елки')}`)
  expect(found.body.items).toMatchObject([
    { kind: 'entry', entry: { conversationId }, snippet: expect.arrayContaining([{ text: 'ёлки', hit: true }]) },
  ])
  expect((await post(`/conversations/${conversationId}/no-answer-needed`)).body.waitingSince).toBeNull()
  expect((await get('/waiting')).body.items).toEqual([])
  expect((await post(`/conversations/${conversationId}/close`)).body.state).toBe('closed')
})

test('a reviewer reads and does not write; an operator with own clients sees no stranger', async () => {
  const contactId = await addContact(hub.deps.pool, 'Guarded')
  const reviewer = (await hub.makeKey('reviewer')).key
  expect((await hub.call('GET', `/contacts/${contactId}`, { key: reviewer })).status).toBe(200)
  expect(await hub.call('PATCH', `/contacts/${contactId}`, { key: reviewer, body: { name: 'X' } })).toMatchObject({
    status: 403,
    body: { code: 'forbidden' },
  })
  const user = await hub.makeUser('operator', { ownClientsOnly: true })
  const cookie = await hub.signIn(user.email, user.password)
  expect((await hub.call('GET', `/contacts/${contactId}`, { cookie })).status).toBe(404)
  await post(`/contacts/${contactId}/shares`, { userId: user.id })
  expect((await hub.call('GET', `/contacts/${contactId}`, { cookie })).status).toBe(200)
  await hub.call('DELETE', `/contacts/${contactId}/shares/${user.id}`, { key })
  expect((await hub.call('GET', `/contacts/${contactId}`, { cookie })).status).toBe(404)
})

const raw = async (path: string, init: RequestInit = {}, bearer = key) =>
  await fetch(`${hub.url}/api/v1${path}`, { ...init, headers: { authorization: `Bearer ${bearer}`, ...(init.headers as Record<string, string>) } })

test('a file goes up as a body or a form, and comes down whole, in ranges, and harmless', async () => {
  const up = await raw(`/attachments?name=${encodeURIComponent('../счёт.html')}`, {
    method: 'POST',
    body: '<script>alert(1)</script>',
    headers: { 'content-type': 'text/html' },
  })
  expect(up.status).toBe(201)
  const attachment = await up.json()
  expect(attachment).toMatchObject({ name: 'счёт.html', type: 'text/html', size: 25, state: 'ready', url: `/api/v1/attachments/${attachment.id}` })
  const down = await raw(`/attachments/${attachment.id}`)
  expect(down.headers.get('content-type')).toBe('application/octet-stream')
  expect(down.headers.get('content-disposition')).toBe(`attachment; filename*=UTF-8''${encodeURIComponent('счёт.html')}`)
  expect(down.headers.get('x-content-type-options')).toBe('nosniff')
  expect(await down.text()).toBe('<script>alert(1)</script>')
  const part = await raw(`/attachments/${attachment.id}`, { headers: { range: 'bytes=8-12' } })
  expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, 'bytes 8-12/25', 'alert'])
  expect((await raw(`/attachments/${attachment.id}`, { headers: { range: 'bytes=99-' } })).status).toBe(416)
  expect(
    (await raw(`/attachments/${attachment.id}`, { headers: { 'if-none-match': down.headers.get('etag') ?? '', 'cache-control': 'max-age=0' } }))
      .status,
  ).toBe(304)
  const form = new FormData()
  form.append('file', new File([new Uint8Array([1, 2, 3])], 'фото.png', { type: 'image/png' }))
  const image = await (await raw('/attachments', { method: 'POST', body: form })).json()
  expect(image).toMatchObject({ name: 'фото.png', type: 'image/png', size: 3 })
  expect((await raw(`/attachments/${image.id}`)).headers.get('content-disposition')).toMatch(/^inline/)
  // Not yet part of a message: nobody else's business.
  expect((await raw(`/attachments/${image.id}`, {}, (await hub.makeKey('admin')).key)).status).toBe(404)
  expect((await raw('/attachments', { method: 'POST', body: new FormData() })).status).toBe(400)
  expect((await raw('/attachments', { method: 'POST', body: '', headers: { 'content-type': 'text/plain' } })).status).toBe(400)
})

test('a letter is shown harmless, with its inline images inside, and strangers’ images only when asked', async () => {
  const { pool, files } = hub.deps
  const contactId = await addContact(pool, 'Writer')
  const html = '<p onclick="x()">Hello</p><script>x()</script><img src="cid:Logo@1"><img src="https://tracker.example/pixel.png">'
  const id = await addEntry(pool, { contactId, text: 'Hello', html, medium: 'email' })
  await files.write('attachments/ab/abcd', new Uint8Array([1, 2, 3]))
  await pool.query(
    `insert into attachments (id, entry_id, name, type, size, file, content_id) values ($1, $2, 'logo.png', 'image/png', 3, 'attachments/ab/abcd', 'logo@1')`,
    [newId(), id],
  )
  const letter = await raw(`/entries/${id}/html`)
  const text = await letter.text()
  expect(text).toContain('<p>Hello</p>')
  expect(text).toContain('src="data:image/png;base64,AQID"')
  expect(text).not.toMatch(/script|onclick|tracker/)
  expect(letter.headers.get('x-remote-images')).toBe('1')
  expect(letter.headers.get('content-security-policy')).toMatch(/default-src 'none'.*img-src data:;.*sandbox/)
  const withImages = await raw(`/entries/${id}/html?images=1`)
  expect(await withImages.text()).toContain('https://tracker.example/pixel.png')
  expect(withImages.headers.get('content-security-policy')).toContain('img-src data: https: http:')
  await files.remove('attachments/ab/abcd')
  expect(await (await raw(`/entries/${id}/html`)).text()).toContain('<p>Hello</p>')
  expect((await raw(`/entries/${await addEntry(pool, { contactId, text: 'plain' })}/html`)).status).toBe(404)
  expect((await raw(`/entries/${id}/html`, {}, (await hub.makeKey('integrator')).key)).status).toBe(403)
})

test('who looked at a card stands in the audit once an hour, under its name of today', async () => {
  const contactId = await addContact(hub.deps.pool, 'Смотрела Вера')
  const viewer = await hub.makeKey('operator')
  const admin = (await hub.makeKey('admin')).key
  const look = () => Promise.all(['', '/timeline'].map((path) => hub.call('GET', `/contacts/${contactId}${path}`, { key: viewer.key })))
  const looks = async () => (await hub.call('GET', `/audit?action=contact.viewed&actorId=${viewer.id}`, { key: admin })).body.items
  await hub.call('GET', '/contacts?query=%D0%92%D0%B5%D1%80%D0%B0', { key: viewer.key })
  expect(await looks()).toEqual([])
  await hub.call('GET', `/contacts/${contactId}`, { key: viewer.key })
  await look()
  expect(await looks()).toMatchObject([{ subject: contactId, subjectName: 'Смотрела Вера', actor: 'api_key', ip: expect.any(String) }])
  await hub.deps.pool.query(`update audit set at = at - interval '61 minutes' where subject = $1`, [contactId])
  await hub.call('GET', `/contacts/${contactId}`, { key: viewer.key })
  expect(await looks()).toHaveLength(2)
  await hub.call('GET', `/contacts/${newId()}`, { key: viewer.key })
  expect(await looks()).toHaveLength(2)
})
