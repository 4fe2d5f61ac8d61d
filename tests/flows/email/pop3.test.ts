import net from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { email } from '../../../src/connectors/email/connector.ts'
import { Pop3Client, Pop3Refusal } from '../../../src/connectors/email/pop3/pop3-client.ts'
import { retrieve } from '../../../src/connectors/email/pop3/pop3-mailbox.ts'
import { type EmailSettings, emailSettings } from '../../../src/connectors/email/settings.ts'
import type { Hub } from '../../../src/core/connector/hub.ts'
import { type Dovecot, hasDovecot, startDovecot } from '../../support/dovecot.ts'
import { plainLetter, until } from '../../support/letters.ts'
import { emptyMemory, recordingHub } from '../../support/recording-hub.ts'

const available = hasDovecot()

describe.skipIf(!available)('a mailbox by POP3 (real Dovecot)', () => {
  let server: Dovecot

  beforeAll(async () => {
    server = await startDovecot()
  })
  afterAll(() => server.stop())

  function open(user: string, hub: Hub, more: Partial<EmailSettings> = {}) {
    const settings = emailSettings.parse({
      address: `${user}@shop.example`,
      user,
      incoming: 'pop3',
      password: server.password,
      host: '127.0.0.1',
      port: server.pop3Port,
      security: 'none',
      pollSeconds: 1,
      ...more,
    })
    if (email.open === undefined) throw new Error('no sessions')
    return email.open({ id: 'channel', key: 'key', settings, hookUrl: 'http://127.0.0.1' }, hub)
  }

  it('takes new letters byte for byte and leaves them on the server', async () => {
    const memory = emptyMemory()
    const raw = Buffer.concat([
      Buffer.from('From: a@b.example\r\nMessage-ID: <raw@b.example>\r\n\r\n.\r\n..two\r\n'),
      Buffer.from([0xcf, 0xf0, 0xe8, 0xff, 0x0d, 0x0a]),
    ])
    const session = open('bytes', recordingHub(memory))
    await until(() => memory.health.some(({ state }) => state === 'ok'), 'the first look')
    server.addLetter('bytes', raw)
    await until(() => memory.deliveries.length === 1, 'the letter')
    await session.close()
    expect(Buffer.from(memory.deliveries[0]?.raw.body ?? []).equals(raw)).toBe(true)
    expect(server.letters('bytes').length).toBe(1)
  })

  it('loses nothing and doubles nothing when storing fails on the way', async () => {
    const memory = emptyMemory()
    const first = open('crash', recordingHub(memory))
    await until(() => memory.health.some(({ state }) => state === 'ok'), 'the first look')
    await first.close()
    for (let index = 0; index < 30; index += 1) server.addLetter('crash', plainLetter(`p-${index}`))
    let asked = 0
    const failing = open(
      'crash',
      recordingHub(memory, {
        beforeStore: () => {
          asked += 1
          if (asked === 12) throw new Error('the database is gone')
        },
      }),
    )
    await until(() => memory.deliveries.length === 30, 'all letters', 60_000)
    await failing.close()
    expect(new Set(memory.deliveries.map(({ dedupeKey }) => dedupeKey)).size).toBe(30)
  })

  it('takes old letters from the chosen date on, and asks for each only once', async () => {
    const memory = emptyMemory()
    for (let day = 1; day <= 28; day += 1) server.addLetter('old', plainLetter(`d-${day}`, { date: new Date(Date.UTC(2026, 1, day, 12)) }))
    const session = open('old', recordingHub(memory), { backfillFrom: '2026-02-20' })
    await until(() => memory.health.some(({ state }) => state === 'ok'), 'the first look')
    await session.close()
    expect(memory.deliveries.length).toBe(9)
    expect(memory.deliveries.every(({ raw }) => raw.headers['x-backfill'] === 'true')).toBe(true)
    const again = open('old', recordingHub(memory), { backfillFrom: '2026-02-20' })
    await until(() => memory.health.filter(({ state }) => state === 'ok').length > 1, 'another look')
    await again.close()
    expect(memory.asked).toBe(9)
  })
})

describe('the POP3 client', () => {
  /** A server that says these chunks, one by one, to whoever connects; every command is answered by the next list. */
  async function scripted(answers: (string | Buffer)[][]): Promise<{ port: number; close(): void }> {
    const server = net.createServer((socket) => {
      const queue = [...answers]
      const say = async () => {
        for (const chunk of queue.shift() ?? []) {
          socket.write(chunk)
          await new Promise((resolve) => setTimeout(resolve, 5))
        }
      }
      socket.on('data', () => void say())
      socket.on('error', () => {})
      void say()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    return { port: typeof address === 'object' && address !== null ? address.port : 0, close: () => server.close() }
  }

  const connect = (port: number, timeoutMs = 30_000) =>
    Pop3Client.connect({ host: '127.0.0.1', port, security: 'none', acceptAnyCertificate: false, timeoutMs })

  it('reads a letter whose terminator and dots are cut between chunks', async () => {
    const server = await scripted([
      ['+OK rea', 'dy\r\n'],
      ['+OK\r', '\nA: b\r\n\r\n.', '.dot\r\n', '..', '\r\nend\r\n.', '\r', '\n'],
    ])
    const client = await connect(server.port)
    expect((await retrieve(client, 1, 1000)).toString()).toBe('A: b\r\n\r\n.dot\r\n.\r\nend\r\n')
    client.close()
    server.close()
  })

  it('rejects a refused greeting, a silent server and a line that ends in the middle', async () => {
    const refusing = await scripted([['-ERR [IN-USE] locked\r\n']])
    await expect(connect(refusing.port)).rejects.toBeInstanceOf(Pop3Refusal)
    refusing.close()
    const silent = await scripted([[]])
    await expect(connect(silent.port, 100)).rejects.toThrow('silent')
    silent.close()
    const cut = await scripted([['+OK\r\n'], ['+OK\r\nhalf a let']])
    const client = await connect(cut.port, 1_000)
    await expect(client.list('RETR 1')).rejects.toThrow('silent')
    await expect(client.command('NOOP')).rejects.toThrow('silent')
    client.close()
    cut.close()
  })

  it('survives an answer nobody asked for', async () => {
    const server = await scripted([['+OK\r\n', '-ERR idle for too long\r\n']])
    const client = await connect(server.port)
    await new Promise((resolve) => setTimeout(resolve, 30))
    await expect(client.command('STAT')).rejects.toThrow('idle for too long')
    client.close()
    server.close()
  })
})
