import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { email } from '../../../src/connectors/email/connector.ts'
import { type EmailSettings, emailSettings } from '../../../src/connectors/email/settings.ts'
import type { Session } from '../../../src/core/connector/connector.ts'
import type { Hub } from '../../../src/core/connector/hub.ts'
import { type Dovecot, hasDovecot, startDovecot } from '../../support/dovecot.ts'
import { plainLetter, until } from '../../support/letters.ts'
import { emptyMemory, type HubMemory, recordingHub } from '../../support/recording-hub.ts'

const available = hasDovecot()

describe.skipIf(!available)('a mailbox by IMAP (real Dovecot)', () => {
  let server: Dovecot

  beforeAll(async () => {
    server = await startDovecot()
  })
  afterAll(() => server.stop())

  function settingsOf(user: string, more: Partial<EmailSettings> = {}): EmailSettings {
    return emailSettings.parse({
      address: `${user}@shop.example`,
      user,
      password: server.password,
      host: '127.0.0.1',
      port: server.imapPort,
      security: 'none',
      pollSeconds: 1,
      ...more,
    })
  }

  function open(settings: EmailSettings, hub: Hub): Session {
    if (email.open === undefined) throw new Error('no sessions')
    return email.open({ id: 'channel', key: 'key', settings, hookUrl: 'http://127.0.0.1' }, hub)
  }

  const ids = (memory: HubMemory) =>
    memory.deliveries.map(({ raw }) => /Message-ID: <([^@>]+)/.exec(Buffer.from(raw.body).toString('latin1'))?.[1] ?? '').sort()

  it('takes letters from inbox, sent and junk byte for byte and leaves flags as they are', async () => {
    const memory = emptyMemory()
    const eightBit = Buffer.concat([
      Buffer.from('From: a@b.example\r\nMessage-ID: <raw@b.example>\r\n\r\n..dot\r\n.\r\n'),
      Buffer.from([0xcf, 0xf0, 0xe8, 0x01, 0xff, 0x0d, 0x0a]),
    ])
    const session = open(settingsOf('bytes'), recordingHub(memory))
    await until(() => memory.health.some(({ state }) => state === 'ok'), 'the first look')
    server.addLetter('bytes', eightBit)
    server.addLetter('bytes', plainLetter('sent-1'), { folder: 'Sent' })
    server.addLetter('bytes', plainLetter('junk-1'), { folder: 'Junk' })
    await until(() => memory.deliveries.length === 3, 'three letters')
    await session.close()
    const inbox = memory.deliveries.find(({ raw }) => raw.headers.folder === 'INBOX')
    expect(inbox && Buffer.from(inbox.raw.body).equals(eightBit)).toBe(true)
    expect(new Set(memory.deliveries.map(({ raw }) => raw.headers['folder-use']))).toEqual(new Set(['\\Junk', '\\Sent', undefined]))
    for (const folder of ['INBOX', 'Sent', 'Junk']) expect(server.files('bytes', folder).every((name) => !/:2,.*[SRTFD]/.test(name))).toBe(true)
  })

  it('hears of a new letter by IDLE without waiting for the next poll', async () => {
    const memory = emptyMemory()
    const session = open(settingsOf('idle', { pollSeconds: 300 }), recordingHub(memory))
    await until(() => memory.health.some(({ state }) => state === 'ok'), 'the first look')
    await new Promise((resolve) => setTimeout(resolve, 1000))
    server.addLetter('idle', plainLetter('pushed'))
    await until(() => memory.deliveries.length === 1, 'the pushed letter', 60_000)
    await session.close()
  })

  it('takes a letter that arrived between setting up and the first connection', async () => {
    const memory = emptyMemory()
    memory.state.set('opened-at', new Date(Date.now() - 3_600_000).toISOString())
    server.addLetter('late', plainLetter('too-old'), { arrivedAt: new Date(Date.now() - 86_400_000) })
    server.addLetter('late', plainLetter('in-between'), { arrivedAt: new Date(Date.now() - 1_800_000) })
    const session = open(settingsOf('late'), recordingHub(memory))
    await until(() => memory.deliveries.length === 1, 'the letter')
    await session.close()
    expect(ids(memory)).toEqual(['in-between'])
    expect(memory.deliveries[0]?.raw.headers['x-backfill']).toBeUndefined()
  })

  it('back-fills 500 letters from a date, newest first, with progress, though the hub dies on the way', async () => {
    const memory = emptyMemory()
    const start = Date.UTC(2026, 0, 1)
    for (let index = 0; index < 500; index += 1)
      server.addLetter('fill', plainLetter(`old-${String(index).padStart(3, '0')}`), { arrivedAt: new Date(start + index * 3_600_000) })
    const from = new Date(start + 100 * 3_600_000).toISOString().slice(0, 10)
    const expected = Array.from({ length: 500 }, (_, index) => index)
      .filter((index) => start + index * 3_600_000 >= Date.parse(from))
      .map((index) => `old-${String(index).padStart(3, '0')}`)
    let stored = 0
    const dying = recordingHub(memory, {
      beforeStore: () => {
        stored += 1
        if (stored > 150) throw new Error('the database is gone')
      },
    })
    const first = open(settingsOf('fill', { backfillFrom: from }), dying)
    await until(() => memory.health.some(({ state }) => state === 'retrying'), 'the failure')
    await first.close()
    expect(memory.deliveries.length).toBe(150)
    const second = open(settingsOf('fill', { backfillFrom: from }), recordingHub(memory))
    await until(() => memory.health.some(({ state }) => state === 'ok'), 'the end of the back-fill', 60_000)
    await second.close()
    expect(ids(memory)).toEqual(expected)
    expect(memory.deliveries.every(({ raw }) => raw.headers['x-backfill'] === 'true')).toBe(true)
    expect(Buffer.from(memory.deliveries[0]?.raw.body ?? []).toString()).toContain('old-4')
    expect(memory.health.some(({ state, detail }) => state === 'working' && /\d+ of \d+/.test(detail?.en ?? ''))).toBe(true)
  })

  it('loses nothing and doubles nothing when it dies between storing and advancing the cursor', async () => {
    const memory = emptyMemory()
    const opened = open(settingsOf('crash'), recordingHub(memory))
    await until(() => memory.health.some(({ state }) => state === 'ok'), 'the first look')
    await opened.close()
    const before = memory.state.get('imap:INBOX')
    for (let index = 0; index < 20; index += 1) server.addLetter('crash', plainLetter(`c-${index}`))
    let armed = true
    const crashing = open(
      settingsOf('crash'),
      recordingHub(memory, {
        beforeState: () => {
          if (armed) throw new Error('killed before the cursor moved')
        },
      }),
    )
    await until(() => memory.deliveries.length === 20, 'the letters')
    await crashing.close()
    armed = false
    expect(memory.state.get('imap:INBOX')).toBe(before)
    const again = open(settingsOf('crash'), recordingHub(memory))
    await until(() => memory.state.get('imap:INBOX') !== before, 'the cursor')
    await again.close()
    expect(memory.deliveries.length).toBe(20)
    expect(memory.asked).toBeGreaterThan(20)
  })

  it('goes on after the server was restarted', async () => {
    const memory = emptyMemory()
    const session = open(settingsOf('restart'), recordingHub(memory))
    await until(() => memory.health.some(({ state }) => state === 'ok'), 'the first look')
    await server.restart()
    server.addLetter('restart', plainLetter('after-restart'))
    await until(() => memory.deliveries.length === 1, 'the letter after the restart', 60_000)
    await session.close()
    expect(memory.health.some(({ state }) => state === 'retrying')).toBe(true)
  })

  it('announces nothing anew when UIDVALIDITY changes, and misses nothing', async () => {
    const memory = emptyMemory()
    const session = open(settingsOf('validity'), recordingHub(memory))
    await until(() => memory.health.some(({ state }) => state === 'ok'), 'the first look')
    for (let index = 0; index < 5; index += 1) server.addLetter('validity', plainLetter(`v-${index}`))
    await until(() => memory.deliveries.length === 5, 'five letters')
    await session.close()
    const before = memory.state.get('imap:INBOX')
    server.addLetter('validity', plainLetter('v-new'))
    server.forgetUids('validity')
    // Dovecot makes it of the clock's seconds.
    await new Promise((resolve) => setTimeout(resolve, 2500))
    const again = open(settingsOf('validity'), recordingHub(memory))
    await until(() => memory.deliveries.length === 6, 'the new letter')
    await again.close()
    expect(JSON.parse(memory.state.get('imap:INBOX') ?? '{}').uidValidity).not.toBe(JSON.parse(before ?? '{}').uidValidity)
    expect(ids(memory)).toEqual(['v-0', 'v-1', 'v-2', 'v-3', 'v-4', 'v-new'])
  })

  it('closes within five seconds, whatever it does', async () => {
    const session = open(settingsOf('closing'), recordingHub(emptyMemory()))
    const startedAt = Date.now()
    await session.close()
    expect(Date.now() - startedAt).toBeLessThan(15_000)
  })
})
