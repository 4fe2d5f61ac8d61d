import { afterEach, describe, expect, it } from 'vitest'
import { email } from '../../../src/connectors/email/connector.ts'
import { emailSettings } from '../../../src/connectors/email/settings.ts'
import { type FakeFolder, type FakeLetter, startFakeImap } from '../../support/fake-imap.ts'
import { plainLetter, until } from '../../support/letters.ts'
import { emptyMemory, recordingHub } from '../../support/recording-hub.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

describe('an IMAP server without IDLE and SEARCH', () => {
  async function open(letters: FakeLetter[], more: object = {}) {
    const server = await startFakeImap([{ path: 'INBOX', letters }], { capabilities: 'IMAP4rev1 UIDPLUS UNSELECT', refusesSearch: true })
    closing.push(server.close)
    const memory = emptyMemory()
    const settings = emailSettings.parse({
      address: 'a@mail.example',
      password: 'p',
      host: '127.0.0.1',
      port: server.port,
      security: 'none',
      pollSeconds: 1,
      ...more,
    })
    const session = email.open?.({ id: 'c', key: 'k', settings, hookUrl: '' }, recordingHub(memory))
    closing.push(() => session?.close())
    return { memory, server }
  }

  const old = (uid: number): FakeLetter => ({ uid, raw: plainLetter(`old-${uid}`), arrivedAt: new Date(Date.UTC(2026, 1, 1, 0, uid)) })

  it('is back-filled by walking the folder, and polled for what is new', async () => {
    const letters = Array.from({ length: 30 }, (_, index) => old(index * 10 + 1))
    const { memory, server } = await open(letters, { backfillFrom: '2026-01-01' })
    await until(() => memory.health.some(({ state }) => state === 'ok'), 'the back-fill')
    expect(memory.deliveries.length).toBe(30)
    letters.push({ uid: 500, raw: plainLetter('fresh'), arrivedAt: new Date() })
    await until(() => memory.deliveries.length === 31, 'the new letter')
    expect(memory.deliveries.at(-1)?.raw.headers).toMatchObject({ uid: '500', folder: 'INBOX' })
    expect(memory.asked).toBe(31)
    expect(server.commands.some((line) => /SELECT|STORE|BODY\[/.test(line))).toBe(false)
  })

  it('that gives no body for one letter holds up no other: its headers are kept', async () => {
    const letters: FakeLetter[] = [
      { uid: 1, raw: plainLetter('before'), arrivedAt: new Date() },
      { uid: 2, raw: plainLetter('poison'), arrivedAt: new Date(), hasNoBody: true },
      { uid: 3, raw: plainLetter('after'), arrivedAt: new Date() },
    ]
    const { memory } = await open(letters)
    await until(() => memory.deliveries.length === 3, 'all three')
    const poisoned = memory.deliveries.find(({ raw }) => raw.headers.uid === '2')
    expect(poisoned?.raw.headers['x-partial']).toBe('unreadable')
    expect(Buffer.from(poisoned?.raw.body ?? []).toString()).toContain('Subject: Letter poison')
  })
})

describe('Gmail, where one letter lies in several folders', () => {
  const arrivedAt = new Date()
  const from = (name: string, author: string) => plainLetter(name).replace(/^From: .*$/m, `From: ${author}`)
  const letters = {
    asked: { raw: from('asked', 'ivan@client.example'), arrivedAt, labels: ['\\Inbox', '\\Important'] },
    answered: { raw: from('answered', 'sales@gmail.example'), arrivedAt, labels: ['\\Sent'] },
    draft: { raw: from('draft', 'sales@gmail.example'), arrivedAt, labels: ['\\Draft'] },
    forged: { raw: from('forged', 'sales@gmail.example'), arrivedAt, labels: ['\\Inbox'] },
  }
  const gmail = (): FakeFolder[] => [
    {
      path: 'INBOX',
      letters: [
        { uid: 1, ...letters.asked },
        { uid: 2, ...letters.forged },
      ],
    },
    { path: '[Gmail]/Sent Mail', use: '\\Sent', letters: [{ uid: 5, ...letters.answered }] },
    {
      path: '[Gmail]/All Mail',
      use: '\\All',
      letters: [
        { uid: 11, ...letters.asked },
        { uid: 12, ...letters.answered },
        { uid: 13, ...letters.draft },
        { uid: 14, ...letters.forged },
      ],
    },
  ]

  /** What the chosen folders gave, as `subject direction`, once all of them were read. */
  async function read(folders: string[], capabilities: string) {
    const server = await startFakeImap(gmail(), { capabilities })
    closing.push(server.close)
    const memory = emptyMemory()
    memory.state.set('opened-at', new Date(Date.now() - 60_000).toISOString())
    const own = { address: 'sales@gmail.example', password: 'p', host: '127.0.0.1', port: server.port, security: 'none', folders }
    const settings = emailSettings.parse(own)
    const session = email.open?.({ id: 'c', key: 'k', settings, hookUrl: '' }, recordingHub(memory))
    closing.push(() => session?.close())
    await until(() => memory.health.some(({ state }) => state === 'ok'), 'all folders')
    const events = await Promise.all(memory.deliveries.map(async ({ raw }) => email.normalise({ ...raw, receivedAt: arrivedAt }, settings)))
    const seen = events.flat().map((event) => (event.type === 'message' ? `${event.subject} ${event.direction}` : event.type))
    return { seen: seen.toSorted(), server }
  }

  const once = ['Letter answered outbound', 'Letter asked inbound', 'Letter forged inbound']
  const folders = ['[Gmail]/All Mail', 'INBOX', '[Gmail]/Sent Mail']

  it('takes it once, fetches it once, knows from its label what was sent, and passes drafts over', async () => {
    const { seen, server } = await read(folders, 'IMAP4rev1 UIDPLUS SPECIAL-USE X-GM-EXT-1')
    expect(seen).toEqual(once)
    expect(server.commands.filter((line) => /EXAMINE/.test(line)).every((line) => line.includes('All Mail'))).toBe(true)
  })

  it('takes it once also when inbox and sent are read, as they are by default', async () => {
    expect((await read([], 'IMAP4rev1 UIDPLUS SPECIAL-USE X-GM-EXT-1')).seen).toEqual(once)
  })

  it('takes it once from a server that tells no labels: by its Message-ID and content', async () => {
    const { seen } = await read(['INBOX', '[Gmail]/Sent Mail', '[Gmail]/All Mail'], 'IMAP4rev1 UIDPLUS SPECIAL-USE')
    expect(seen.filter((line) => !line.includes('draft'))).toEqual(once)
  })
})
