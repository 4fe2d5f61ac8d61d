import { afterAll, beforeAll, expect, it } from 'vitest'
import { type FakeApi, fakeApi } from '../support/fake-api.ts'
import { messenger } from '../support/messengers/meta.ts'
import { newNumber } from '../support/messengers/played.ts'
import { hmac, said } from '../support/messengers/vendor.ts'
import { type RunningHub, startRunningHub } from '../support/running-hub.ts'

// Pictures of new people: fetched behind their first message, only what is a picture, and gone with the person.

const patient = { timeout: 60_000 }
const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
let api: FakeApi
let hub: RunningHub
let hookUrl: string
const told: string[] = []

beforeAll(async () => {
  api = await fakeApi(({ path }) => {
    told.push(path)
    if (path === '/anna.png') return { headers: { 'content-type': 'text/html' }, body: png }
    if (path === '/script.png') return { headers: { 'content-type': 'image/png' }, body: '<script>alert(1)</script>' }
    if (path === '/huge.png') return { headers: { 'content-type': 'image/png' }, body: Buffer.concat([png, Buffer.alloc(2 * 1024 * 1024)]) }
    if (path === '/gone.png') return said({}, 404)
    const [, person] = /^\/v24\.0\/(\d+)$/.exec(path) ?? []
    return said(person ? { id: person, name: `Клиент ${person}`, profile_pic: `${api.url}/anna.png` } : { status: 0 })
  })
  hub = await startRunningHub()
  hookUrl = (await hub.addChannel('viber', { token: 'viber-app-key', apiRoot: api.url })).hookUrl
}, 240_000)
afterAll(async () => {
  await hub?.close()
  await api?.close()
})

async function write(name: string, picture: string): Promise<void> {
  const sender = { id: `${name}=`, name, avatar: `${api.url}/${picture}`, language: 'uk' }
  const message = { type: 'text', text: 'Здравствуйте' }
  const body = JSON.stringify({ event: 'message', timestamp: Date.now(), message_token: newNumber(), sender, message })
  await fetch(hookUrl, { method: 'POST', headers: { 'x-viber-content-signature': hmac('viber-app-key', body) }, body })
}

interface Contact {
  id: string
  name: string
  language: string | null
  pictureUrl: string | null
}

const contactNamed = async (name: string): Promise<Contact | undefined> =>
  (await hub.api<{ items: Contact[] }>('GET', `/contacts?query=${encodeURIComponent(name)}`)).items.find((one) => one.name === name)

const pictureOf = async (name: string): Promise<Response> => hub.read(String((await contactNamed(name))?.pictureUrl).replace('/api/v1', ''))

it('a name, a language and a picture are taken; the bytes say what the picture is, and its address changes with it', async () => {
  await write('Анна', 'anna.png')
  await expect.poll(async () => (await contactNamed('Анна'))?.pictureUrl ?? null, patient).not.toBeNull()
  expect(await contactNamed('Анна')).toMatchObject({ language: 'uk' })
  const response = await pictureOf('Анна')
  expect([response.headers.get('content-type'), response.headers.get('x-content-type-options')]).toEqual(['image/png', 'nosniff'])
  expect(Buffer.from(await response.arrayBuffer())).toEqual(png)
})

it('what is no picture, too large or gone makes none, and harms nothing else', async () => {
  await Promise.all([write('Скрипт', 'script.png'), write('Большой', 'huge.png'), write('Пропавший', 'gone.png'), write('Борис', 'anna.png')])
  await expect.poll(async () => (await contactNamed('Борис'))?.pictureUrl ?? null, patient).not.toBeNull()
  const asked = ['/script.png', '/huge.png', '/gone.png']
  await expect.poll(() => asked.every((path) => told.includes(path)), patient).toBe(true)
  const others = await Promise.all(['Скрипт', 'Большой', 'Пропавший'].map(contactNamed))
  expect(others.map((one) => one?.pictureUrl)).toEqual([null, null, null])
})

it('the same person is not asked for again with his next message', async () => {
  const before = told.filter((path) => path === '/anna.png').length
  await write('Анна', 'anna.png')
  await write('Вера', 'anna.png')
  await expect.poll(async () => (await contactNamed('Вера'))?.pictureUrl ?? null, patient).not.toBeNull()
  expect(told.filter((path) => path === '/anna.png').length).toBe(before + 1)
})

it('a vendor that names people only when asked gives the picture too', async () => {
  const channel = await hub.addChannel('messenger', messenger.settings(api.url))
  const client = newNumber()
  const [hook] = messenger.hooks([{ id: newNumber(), client, text: 'Добрый день' }])
  await fetch(channel.hookUrl, { method: 'POST', ...hook })
  await expect.poll(async () => (await contactNamed(`Клиент ${client}`))?.pictureUrl ?? null, patient).not.toBeNull()
})

it('an erased person takes his picture along', async () => {
  const contact = await contactNamed('Анна')
  const picture = String(contact?.pictureUrl).replace('/api/v1', '')
  expect((await hub.read(picture)).status).toBe(200)
  await hub.api('POST', `/contacts/${contact?.id}/erase`, { confirmation: 'Анна' })
  await expect.poll(async () => (await hub.read(picture)).status, patient).toBe(404)
})
