import { spawn } from 'node:child_process'
import { createHmac, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type ChatVisitor, openVisitor } from '../support/chat-visitor.ts'
import { emptyDatabase } from '../support/database.ts'
import { startHub } from '../support/hub-process.ts'
import { type RunningHub, startRunningHub } from '../support/running-hub.ts'

// The site chat through the whole program by real HTTP and sockets: its wire is ours, so both ends are the real ones.

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const secret = 'secret-of-identify-in-tests'
const patient = { timeout: 60_000, interval: 50 }

interface Conversation {
  id: string
  contactId: string
  state: string
}
interface Entry {
  id: string
  direction: string
  status: string | null
  text: string
  source: { utm?: Record<string, string>; page?: string; referrer?: string } | null
  match: { reason: string; identity: { kind: string; value: string } | null } | null
  attachments: { id: string; name: string; size: number }[]
}
interface Contact {
  id: string
  name: string
  identities: { kind: string; value: string; evidence: string }[]
}

let hub: RunningHub
let channel: { id: string; hookUrl: string }

beforeAll(async () => {
  hub = await startRunningHub()
  channel = await hub.addChannel('site-chat', { origins: ['shop.example'], identifySecret: secret, maxFileMegabytes: 1 })
})
afterAll(() => hub.close())

const conversations = async (state = 'open') =>
  (await hub.api<{ items: Conversation[] }>('GET', `/conversations?state=${state}&channelId=${channel.id}&limit=100`)).items
const messages = async (id: string) => (await hub.api<{ items: Entry[] }>('GET', `/conversations/${id}/messages?limit=100`)).items
const contact = (id: string) => hub.api<Contact>('GET', `/contacts/${id}`)
const answer = (id: string, text: string) => hub.api<Entry>('POST', `/conversations/${id}/messages`, { text })

/** The conversation in which a text stands. */
async function conversationWith(text: string): Promise<Conversation> {
  let found: Conversation | undefined
  await vi.waitFor(async () => {
    for (const one of await conversations()) if ((await messages(one.id)).some((entry) => entry.text === text)) found = one
    expect(found, text).toBeDefined()
  }, patient)
  return found as Conversation
}

async function say(visitor: ChatVisitor, text: string, more: object = {}): Promise<Conversation> {
  expect(await visitor.post({ type: 'message', text, ...more })).toBe(200)
  return conversationWith(text)
}

describe('a conversation', () => {
  test('goes both ways, at once, with receipts, and its visitor stands in Waiting until he is answered', async () => {
    const visitor = await openVisitor(hub, channel)
    const page = await visitor.connect()
    const conversation = await say(visitor, 'Сколько стоит балкон?', {
      page: 'https://shop.example/balkon?utm_source=yandex&utm_campaign=spring',
      referrer: 'https://ya.example/',
    })
    expect((await conversations('waiting')).map(({ id }) => id)).toContain(conversation.id)
    const sent = await answer(conversation.id, 'Шестьдесят тысяч <b>рублей</b>')
    await vi.waitFor(
      () => expect(page.answers()).toMatchObject([{ id: sent.id, text: 'Шестьдесят тысяч <b>рублей</b>', isOwn: false, files: [] }]),
      patient,
    )
    expect(await visitor.post({ type: 'receipts', delivered: [sent.id], read: [] })).toBe(200)
    expect(await visitor.post({ type: 'receipts', delivered: [], read: [sent.id] })).toBe(200)
    await vi.waitFor(async () => expect((await messages(conversation.id)).find(({ id }) => id === sent.id)?.status).toBe('read'), patient)
    expect((await conversations('waiting')).map(({ id }) => id)).not.toContain(conversation.id)
    const [first] = (await messages(conversation.id)).filter(({ direction }) => direction === 'inbound')
    expect(first?.source).toEqual({
      utm: { source: 'yandex', campaign: 'spring' },
      campaign: 'spring',
      page: 'https://shop.example/balkon?utm_source=yandex&utm_campaign=spring',
      referrer: 'https://ya.example/',
    })
    page.close()
  })

  test('is read again after a reload, page by page, and a socket brings what was missed and nothing twice', async () => {
    const visitor = await openVisitor(hub, channel)
    const conversation = await say(visitor, 'Первое слово')
    const first = await answer(conversation.id, 'ответ 0')
    await vi.waitFor(async () => expect((await visitor.history()).items.map(({ text }) => text)).toEqual(['ответ 0', 'Первое слово']), patient)
    const { after } = await visitor.history()
    for (let number = 1; number <= 35; number++) await answer(conversation.id, `ответ ${number}`)
    const again = await openVisitor(hub, channel, { token: visitor.token })
    expect(again.id).toBe(visitor.id)
    await vi.waitFor(async () => expect((await again.history()).items[0]?.text).toBe('ответ 35'), patient)
    const pages = [await again.history()]
    for (let last = pages.at(-1); last?.before; last = pages.at(-1)) pages.push(await again.history(last.before))
    const texts = pages.flatMap(({ items }) => items.map(({ text }) => text)).toReversed()
    expect(texts).toEqual(['Первое слово', ...Array.from({ length: 36 }, (_, number) => `ответ ${number}`)])
    const page = await again.connect(after)
    await vi.waitFor(() => expect(page.answers()).toHaveLength(35), patient)
    expect(page.answers().map(({ text }) => text)).toEqual(Array.from({ length: 35 }, (_, number) => `ответ ${number + 1}`))
    expect(page.answers().map(({ id }) => id)).not.toContain(first.id)
    page.close()
  })

  test('holds one message, however often its page repeats it', async () => {
    const visitor = await openVisitor(hub, channel)
    const id = randomUUID()
    const statuses = await Promise.all(Array.from({ length: 10 }, () => visitor.post({ type: 'message', text: 'Повтор' }, id)))
    expect(new Set(statuses)).toEqual(new Set([200]))
    const conversation = await conversationWith('Повтор')
    await answer(conversation.id, 'Слышим')
    expect((await messages(conversation.id)).filter(({ text }) => text === 'Повтор')).toHaveLength(1)
    const { items } = await visitor.history()
    expect(items.filter(({ ownId }) => ownId === id)).toHaveLength(1)
  })

  test('carries files either way, and gives them to nobody who was not shown them', async () => {
    const visitor = await openVisitor(hub, channel)
    const form = new FormData()
    form.append('payload', JSON.stringify({ type: 'message', text: 'Вот план' }))
    form.append('file', new File(['plan of the flat'], 'план.txt', { type: 'text/plain' }))
    expect(await visitor.post(form)).toBe(200)
    const conversation = await conversationWith('Вот план')
    expect((await messages(conversation.id))[0]?.attachments).toMatchObject([{ name: 'план.txt', size: 16 }])
    const upload = await fetch(`${hub.url}/api/v1/attachments?name=price.png`, {
      method: 'POST',
      headers: { authorization: 'Bearer administrator-key-of-the-tests-0123456789', 'content-type': 'image/png' },
      body: 'not really a picture',
    })
    const { id } = (await upload.json()) as { id: string }
    await hub.api('POST', `/conversations/${conversation.id}/messages`, { text: '', attachments: [id] })
    await vi.waitFor(async () => expect((await visitor.history()).items[0]?.files).toMatchObject([{ name: 'price.png' }]), patient)
    const { items } = await visitor.history()
    const [ours] = items[0]?.files ?? []
    const [his] = items[1]?.files ?? []
    const fetched = await fetch(`${hub.url}${ours?.url}`)
    expect(await fetched.text()).toBe('not really a picture')
    expect(fetched.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    expect(await (await fetch(`${hub.url}${his?.url}`)).text()).toBe('plan of the flat')
    expect((await fetch(`${hub.url}${his?.url}`)).headers.get('content-disposition')).toContain('attachment')
    expect((await fetch(`${hub.url}${ours?.url?.replace(/mac=.{5}/, 'mac=AAAAA')}`)).status).toBe(404)
    expect((await fetch(`${hub.url}${ours?.url?.replace(ours.id, his?.id ?? '')}`)).status).toBe(404)
  })
})

describe('whose history', () => {
  test('a typed e-mail is claimed and opens nobody’s history, whatever card it leads to', async () => {
    const known = await openVisitor(hub, channel)
    const his = await say(known, 'Мой договор 4417', { profile: { name: 'Марина', email: 'marina@client.example' } })
    await answer(his.id, 'Ваш пароль от кабинета: 12345')
    const stranger = await openVisitor(hub, channel)
    const theirs = await say(stranger, 'Это снова Марина', { profile: { email: 'marina@client.example' } })
    expect(theirs.id).not.toBe(his.id)
    const { identities } = await contact(theirs.contactId)
    expect(identities.find(({ kind }) => kind === 'email')?.evidence).toBe('claimed')
    const { items } = await stranger.history()
    expect(items.map(({ text }) => text)).toEqual(['Это снова Марина'])
    const page = await stranger.connect()
    await answer(theirs.id, 'Кто вы?')
    await vi.waitFor(() => expect(page.answers().map(({ text }) => text)).toEqual(['Кто вы?']), patient)
    expect((await known.history()).items.map(({ text }) => text)).not.toContain('Кто вы?')
    page.close()
  })

  test('a word of the site’s server is attested, and the same person has his history on every device', async () => {
    const jwt = signed({ sub: 'user-77', name: 'Олег Дмитриев', email: 'oleg@client.example' })
    const desk = await openVisitor(hub, channel)
    const before = await say(desk, 'Ещё не вошёл')
    const signedIn = await openVisitor(hub, channel, { token: desk.token, identity: { jwt } })
    expect(signedIn.session.doubt).toBeUndefined()
    await say(signedIn, 'Теперь вошёл', { identity: { jwt } })
    expect((await signedIn.history()).items.map(({ text }) => text)).toEqual(['Теперь вошёл', 'Ещё не вошёл'])
    const phone = await openVisitor(hub, channel, { identity: { jwt } })
    expect(phone.id).toBe(signedIn.id)
    expect((await phone.history()).items.map(({ text }) => text)).toEqual(['Теперь вошёл'])
    const card = await contact((await conversationWith('Теперь вошёл')).contactId)
    expect(card).toMatchObject({ name: 'Олег Дмитриев' })
    expect(card.identities.find(({ value }) => value === 'oleg@client.example')?.evidence).toBe('attested')
    await answer(before.id, 'Ответ на то, что было раньше')
    const page = await signedIn.connect()
    await vi.waitFor(() => expect(page.answers().map(({ text }) => text)).toContain('Ответ на то, что было раньше'), patient)
    page.close()
    const other = await openVisitor(hub, channel, { token: signedIn.token, identity: { jwt: signed({ sub: 'user-78' }) } })
    expect((await other.history()).items).toEqual([])
  })

  test('a forged word is doubted, with a reason for the site’s developer, and proves nothing', async () => {
    const forged = await openVisitor(hub, channel, { identity: { userId: 'user-77', hash: '0'.repeat(64) } })
    expect(forged.session.doubt).toMatch(/HMAC/)
    expect(forged.id).toMatch(/^v-/)
    const unsigned = await openVisitor(hub, channel, { identity: { jwt: `${signed({ sub: 'user-77' }).slice(0, -2)}xx` } })
    expect(unsigned.session.doubt).toMatch(/signature/)
  })

  test('a token that is not ours opens nothing', async () => {
    const visitor = await openVisitor(hub, channel)
    await say(visitor, 'Тайна')
    const forged = visitor.token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))
    const key = channel.hookUrl.split('/').at(-1)
    const asked = await fetch(`${hub.url}/visitors/${key}/history`, {
      method: 'POST',
      headers: { origin: 'https://shop.example' },
      body: JSON.stringify({ token: forged }),
    })
    expect(asked.status).toBe(401)
    const thief = await openVisitor(hub, channel)
    const posted = await fetch(`${channel.hookUrl}?visitor=${visitor.id}&id=${randomUUID()}`, {
      method: 'POST',
      headers: { origin: 'https://shop.example', authorization: `Bearer ${thief.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'message', text: 'не я' }),
    })
    expect(posted.status).toBe(401)
    const other = await hub.addChannel('site-chat', {})
    await expect(openVisitor(hub, other, { token: visitor.token }).then(({ id }) => id)).resolves.not.toBe(visitor.id)
  })
})

describe('limits', () => {
  test('pages of other sites are not served, and hear why', async () => {
    await expect(openVisitor(hub, channel, { origin: 'https://other.example' })).rejects.toThrow('origin_refused')
    const visitor = await openVisitor(hub, channel)
    const posted = await fetch(`${channel.hookUrl}?visitor=${visitor.id}&id=${randomUUID()}`, {
      method: 'POST',
      headers: { origin: 'https://other.example', authorization: `Bearer ${visitor.token}` },
      body: '{}',
    })
    expect(posted.status).toBe(401)
    await expect(visitor.connect(null, { origin: 'https://other.example' })).rejects.toThrow('403')
  })

  test('who floods hears 429 with a time to wait, and nothing of it is stored; others go on', async () => {
    const flooded = await hub.addChannel('site-chat', { maxPerMinute: 5 })
    const visitor = await openVisitor(hub, flooded)
    const statuses: (number | undefined)[] = []
    for (let number = 0; number < 8; number++) statuses.push(await visitor.post({ type: 'message', text: `быстро ${number}` }))
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429, 429])
    const other = await openVisitor(hub, flooded)
    expect(await other.post({ type: 'message', text: 'спокойно' })).toBe(200)
    const { items } = await hub.api<{ items: unknown[] }>('GET', `/deliveries?channelId=${flooded.id}&limit=50`)
    expect(items).toHaveLength(6)
  })

  test('a file that is too large is refused before it is stored', async () => {
    const visitor = await openVisitor(hub, channel)
    const form = new FormData()
    form.append('payload', JSON.stringify({ type: 'message', text: 'большой' }))
    form.append('file', new File([new Uint8Array(1_200_000)], 'big.bin'))
    expect(await visitor.post(form)).toBe(413)
  })

  test('a socket that does not say whose it is, or talks nonsense, is closed', async () => {
    const visitor = await openVisitor(hub, channel)
    const page = await visitor.connect()
    page.say({ is: 'nonsense' } as never)
    expect(await page.closed).toBe(1008)
    const forged = await visitor.connect(null, { token: `${visitor.token}x` })
    expect(await forged.closed).toBe(4401)
  })
})

test('who is erased reads nothing more, and what he says later is a stranger’s', async () => {
  const visitor = await openVisitor(hub, channel)
  const conversation = await say(visitor, 'Мой паспорт 1234', { profile: { name: 'Игорь Лапин' } })
  await answer(conversation.id, 'Записали')
  await vi.waitFor(async () => expect((await visitor.history()).items).toHaveLength(2), patient)
  const { id } = await hub.api<{ id: string }>('POST', `/contacts/${conversation.contactId}/erase`, { confirmation: 'Игорь Лапин' })
  await vi.waitFor(async () => expect((await hub.api<{ status: string }>('GET', `/erasures/${id}`)).status).toBe('done'), patient)
  expect((await visitor.history()).items).toEqual([])
  const later = await say(visitor, 'Снова я')
  expect(later.contactId).not.toBe(conversation.contactId)
  expect((await visitor.history()).items.map(({ text }) => text)).toEqual(['Снова я'])
})

test('where one process serves pages and another sends, an answer is on the page at once', async () => {
  const database = await emptyDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'switchboard-chat-'))
  const key = 'administrator-key-of-two-processes-0123456789'
  const shared = { DATA_DIR: folder, DATABASE_URL: database.url, SECRET_KEY: 'two-processes-'.padEnd(64, '0'), ADMIN_API_KEY: key }
  const web = await startHub({ env: { ...shared, ROLE: 'web' } })
  const worker = spawn(process.execPath, ['src/main.ts'], {
    env: { PATH: process.env.PATH, ...shared, ROLE: 'worker', LOG_LEVEL: 'error' },
    stdio: 'ignore',
  })
  try {
    const ask = async <Answer>(method: string, path: string, body?: object) => {
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
      const response = await fetch(`${web.url}/api/v1${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
      return (await response.json()) as Answer
    }
    const made = await ask<{ id: string; hookUrl: string }>('POST', '/channels', { connector: 'site-chat', name: 'Chat', settings: {} })
    const visitor = await openVisitor(web, { hookUrl: `${web.url}${new URL(made.hookUrl).pathname}` })
    const page = await visitor.connect()
    expect(await visitor.post({ type: 'message', text: 'Вопрос' })).toBe(200)
    let open: Conversation | undefined
    await vi.waitFor(async () => {
      open = (await ask<{ items: Conversation[] }>('GET', `/conversations?channelId=${made.id}`)).items[0]
      expect(open).toBeDefined()
    }, patient)
    await ask('POST', `/conversations/${open?.id}/messages`, { text: 'Ответ' })
    await vi.waitFor(() => expect(page.answers().map(({ text }) => text)).toEqual(['Ответ']), patient)
    page.close()
  } finally {
    worker.kill()
    await Promise.all([once(worker, 'exit'), web.end()])
    await database.drop()
    await rm(folder, { recursive: true, force: true })
  }
})

function signed(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const text = `${part({ alg: 'HS256' })}.${part({ ...claims, exp: Math.floor(Date.now() / 1000) + 600 })}`
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
}
