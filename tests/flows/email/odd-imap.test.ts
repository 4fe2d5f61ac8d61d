import net from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { email } from '../../../src/connectors/email/connector.ts'
import { emailSettings } from '../../../src/connectors/email/settings.ts'
import { plainLetter, until } from '../../support/letters.ts'
import { emptyMemory, recordingHub } from '../../support/recording-hub.ts'

interface OddLetter {
  uid: number
  raw: string
  arrivedAt: Date
  /** The server names the letter, but gives no body for it. */
  hasNoBody?: boolean
}

/** An IMAP server with the habits of Mail.ru and Yandex: no IDLE, SEARCH refused, bodies missing, and `*` in a range always meaning the last letter. */
async function startOddServer(letters: OddLetter[]): Promise<{ port: number; commands: string[]; close(): void }> {
  const commands: string[] = []
  const sockets = new Set<net.Socket>()
  const server = net.createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.write('* OK [CAPABILITY IMAP4rev1 UIDPLUS UNSELECT] ready\r\n')
    let pending = ''
    socket.on('data', (chunk: Buffer) => {
      const lines = (pending + chunk.toString('latin1')).split('\r\n')
      pending = lines.pop() ?? ''
      for (const line of lines) {
        commands.push(line)
        socket.write(answer(line, letters), 'latin1')
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const close = () => {
    for (const socket of sockets) socket.destroy()
    server.close()
  }
  return { port: typeof address === 'object' && address !== null ? address.port : 0, commands, close }
}

function answer(line: string, letters: OddLetter[]): string {
  const [tag = '', ...words] = line.split(' ')
  const command = words.join(' ')
  const done = `${tag} OK done\r\n`
  if (/^CAPABILITY/i.test(command)) return `* CAPABILITY IMAP4rev1 UIDPLUS UNSELECT\r\n${done}`
  if (/^LIST/i.test(command)) return `* LIST (\\HasNoChildren) "/" INBOX\r\n${done}`
  if (/^EXAMINE/i.test(command))
    return `* ${letters.length} EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT ${(letters.at(-1)?.uid ?? 0) + 1}] ok\r\n${tag} OK [READ-ONLY] done\r\n`
  if (/^(?:UID )?SEARCH/i.test(command)) return `${tag} NO Unsupported search criterion\r\n`
  if (/^(?:IDLE|ENABLE|NAMESPACE|LSUB|XLIST)/i.test(command)) return `${tag} BAD [CLIENTBUG] Unrecognised command\r\n`
  const fetch = /^(UID )?FETCH (\S+) (.*)$/i.exec(command)
  if (fetch === null) return done
  const [, byUid, range = '', items = ''] = fetch
  const chosen = letters
    .map((letter, index) => ({ letter, seq: index + 1 }))
    .filter(({ letter, seq }) =>
      inRange(range, byUid === undefined ? seq : letter.uid, byUid === undefined ? letters.length : (letters.at(-1)?.uid ?? 0)),
    )
  return chosen.map(({ letter, seq }) => `* ${seq} FETCH (${describeLetter(letter, items)})\r\n`).join('') + done
}

function inRange(range: string, number: number, last: number): boolean {
  return range.split(',').some((piece) => {
    const [from = 0, to = from] = piece.split(':').map((end) => (end === '*' ? last : Number(end)))
    return number >= Math.min(from, to) && number <= Math.max(from, to)
  })
}

function describeLetter(letter: OddLetter, items: string): string {
  const parts = [`UID ${letter.uid}`]
  if (/RFC822\.SIZE/i.test(items)) parts.push(`RFC822.SIZE ${letter.raw.length}`)
  if (/INTERNALDATE/i.test(items)) parts.push(`INTERNALDATE "${imapDate(letter.arrivedAt)}"`)
  if (/BODY\.PEEK\[\]/i.test(items) && !letter.hasNoBody) parts.push(`BODY[] {${letter.raw.length}}\r\n${letter.raw}`)
  if (/BODY\.PEEK\[HEADER\]/i.test(items)) {
    const header = `${letter.raw.split('\r\n\r\n')[0]}\r\n\r\n`
    parts.push(`BODY[HEADER] {${header.length}}\r\n${header}`)
  }
  return parts.join(' ')
}

function imapDate(date: Date): string {
  const [, day = '', month = '', year = '', time = ''] = /, (\d+) (\w+) (\d+) ([\d:]+)/.exec(date.toUTCString()) ?? []
  return `${day}-${month}-${year} ${time} +0000`
}

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

describe('an IMAP server without IDLE and SEARCH', () => {
  async function open(letters: OddLetter[], more: object = {}) {
    const server = await startOddServer(letters)
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

  const old = (uid: number): OddLetter => ({ uid, raw: plainLetter(`old-${uid}`), arrivedAt: new Date(Date.UTC(2026, 1, 1, 0, uid)) })

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
    const letters: OddLetter[] = [
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
