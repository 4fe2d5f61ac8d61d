import net from 'node:net'
import { createTransport } from 'nodemailer'
import { SMTPServer } from 'smtp-server'
import { afterEach, describe, expect, it } from 'vitest'
import { email } from '../../../src/connectors/email/connector.ts'
import { emailSettings } from '../../../src/connectors/email/settings.ts'
import type { Channel, DoorHub } from '../../../src/core/connector/hub.ts'
import type { OutgoingMessage, Sent } from '../../../src/core/connector/outgoing.ts'
import { noNameServer } from '../../support/fake-dns.ts'
import { freePort } from '../../support/hub-process.ts'
import { plainLetter } from '../../support/letters.ts'
import { emptyMemory, type HubMemory, recordingHub } from '../../support/recording-hub.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const silent = { debug() {}, info() {}, warn() {}, error() {} }

function channel(id: string, settings: object): Channel<ReturnType<typeof emailSettings.parse>> {
  return { id, key: id, settings: emailSettings.parse(settings), hookUrl: 'http://127.0.0.1' }
}

describe('the SMTP door', () => {
  async function openDoor(memories: Record<string, HubMemory>, faults: { beforeStore?: () => void } = {}): Promise<number> {
    const port = await freePort()
    const hub: DoorHub<ReturnType<typeof emailSettings.parse>> = {
      channels: async () => [
        channel('sales', { address: 'Sales@Shop.example', aliases: ['info@shop.example'] }),
        channel('help', { address: 'help@xn--e1afmkfd.xn--p1ai' }),
      ],
      hubOf: (id) => {
        const memory = memories[id] ?? emptyMemory()
        memories[id] = memory
        return recordingHub(memory, faults)
      },
      logger: silent,
      dns: noNameServer,
      listen: { port, host: '127.0.0.1' },
    }
    const door = await email.openDoor?.(hub)
    closing.push(() => door?.close())
    return port
  }

  const client = (port: number) => {
    const transport = createTransport({ host: '127.0.0.1', port, ignoreTLS: true })
    closing.push(() => transport.close())
    return transport
  }

  it('stores a letter for each channel it was addressed to, plus tags and Unicode domains included, and says 250 afterwards', async () => {
    const memories: Record<string, HubMemory> = {}
    const port = await openDoor(memories)
    const info = await client(port).sendMail({
      raw: plainLetter('door-1'),
      envelope: { from: '', to: ['sales+tok.en@shop.example', 'help@пример.рф'] },
    })
    expect(info.response).toMatch(/^250 /)
    expect(memories.sales?.deliveries[0]?.raw).toMatchObject({
      method: 'SMTP',
      headers: { 'envelope-to': 'sales+tok.en@shop.example', 'envelope-from': '' },
    })
    expect(Buffer.from(memories.sales?.deliveries[0]?.raw.body ?? []).toString()).toBe(plainLetter('door-1'))
    expect(memories.help?.deliveries.length).toBe(1)
  })

  it('refuses unknown addresses for good, and for now when storing fails', async () => {
    const port = await openDoor(
      {},
      {
        beforeStore: () => {
          throw new Error('disk full')
        },
      },
    )
    await expect(
      client(port).sendMail({ raw: plainLetter('x'), envelope: { from: 'a@b.example', to: 'nobody@shop.example' } }),
    ).rejects.toMatchObject({ responseCode: 550 })
    await expect(client(port).sendMail({ raw: plainLetter('x'), envelope: { from: 'a@b.example', to: 'info@shop.example' } })).rejects.toMatchObject({
      responseCode: 451,
    })
  })

  it('takes the same letter twice as one', async () => {
    const memories: Record<string, HubMemory> = {}
    const port = await openDoor(memories)
    for (let round = 0; round < 2; round += 1)
      await client(port).sendMail({ raw: plainLetter('same'), envelope: { from: 'a@b.example', to: 'sales@shop.example' } })
    expect(memories.sales?.asked).toBe(2)
    expect(memories.sales?.deliveries.length).toBe(1)
  })

  it('stores nothing when the sender drops in the middle, and goes on', async () => {
    const memories: Record<string, HubMemory> = {}
    const port = await openDoor(memories)
    await new Promise<void>((resolve) => {
      const socket = net.connect(port, '127.0.0.1', () =>
        socket.write('EHLO x\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<sales@shop.example>\r\nDATA\r\n'),
      )
      socket.on('data', (chunk: Buffer) => {
        if (!/354/.test(chunk.toString())) return
        socket.write('Subject: half\r\n\r\nhalf a')
        setTimeout(() => socket.destroy(), 20)
      })
      socket.on('close', () => resolve())
    })
    await client(port).sendMail({ raw: plainLetter('whole'), envelope: { from: 'a@b.example', to: 'sales@shop.example' } })
    expect(memories.sales?.deliveries.length).toBe(1)
  })

  it('breaks loops of hops, and rejects when the port is taken', async () => {
    const memories: Record<string, HubMemory> = {}
    const port = await openDoor(memories)
    const hops = plainLetter('hops', {
      headers: Array.from({ length: 31 }, (_, index) => `Received: from h${index} by h${index + 1}; Sun, 22 Nov 2026 10:00:00 +0000`),
    })
    await expect(client(port).sendMail({ raw: hops, envelope: { from: 'a@b.example', to: 'sales@shop.example' } })).rejects.toMatchObject({
      responseCode: 554,
    })
    await expect(
      email.openDoor?.({
        channels: async () => [],
        hubOf: () => recordingHub(emptyMemory()),
        logger: silent,
        dns: noNameServer,
        listen: { port, host: '127.0.0.1' },
      }),
    ).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })
})

describe('sending by SMTP', () => {
  const message: OutgoingMessage = {
    id: '01900000-0000-7000-8000-000000000001',
    text: 'Добрый день!\n\nСчёт во вложении: https://shop.example/a?b=1.',
    subject: 'Счёт',
    attachments: [{ id: 'f1', name: 'счёт.txt', type: 'text/plain', size: 5 }],
    to: { kind: 'email', value: 'ivan@client.example' },
    cc: [{ kind: 'email', value: 'anna@client.example' }],
    references: ['<first@client.example>', '<second@client.example>'],
    replyToken: 'c42.sig',
    automatic: false,
  }

  interface Outside {
    port: number
    letters: { raw: string; to: string[] }[]
  }

  /** An outside server on 127.0.0.1. `afterDot`: what it does once the letter has been read. */
  async function outside(
    options: { afterDot?: 'cut'; onRcpt?: (address: string) => Error | null; onData?: () => Error | null; auth?: boolean } = {},
  ): Promise<Outside> {
    const letters: Outside['letters'] = []
    const server = new SMTPServer({
      disabledCommands: options.auth ? ['STARTTLS'] : ['STARTTLS', 'AUTH'],
      authOptional: !options.auth,
      allowInsecureAuth: true,
      onAuth: (auth, _session, done) =>
        auth.password === 'right'
          ? done(null, { user: auth.username })
          : done(
              Object.assign(new Error('5.7.8 Error: authentication failed: This user does not have access rights to this service'), {
                responseCode: 535,
              }),
            ),
      onRcptTo: (address, _session, done) => done(options.onRcpt?.(address.address) ?? null),
      onData(stream, session, done) {
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk))
        stream.on('end', () => {
          letters.push({ raw: Buffer.concat(chunks).toString(), to: session.envelope.rcptTo.map((recipient) => recipient.address) })
          if (options.afterDot === 'cut') for (const connection of server.connections) connection._socket.destroy()
          else done(options.onData?.() ?? null)
        })
      },
    })
    server.on('error', () => {})
    const port = await freePort()
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    closing.push(() => new Promise<void>((resolve) => server.close(resolve)))
    return { port, letters }
  }

  const refuse = (responseCode: number, text: string) => Object.assign(new Error(text), { responseCode })

  async function send(port: number, changes: Partial<OutgoingMessage> = {}, more: object = {}): Promise<Sent> {
    const settings = { address: 'sales@shop.example', fromName: 'Магазин', smtpHost: '127.0.0.1', smtpPort: port, smtpSecurity: 'none', ...more }
    const sender = channel('sales', settings)
    const rendered = email.render?.({ ...message, ...changes }, sender.settings)
    if (rendered === undefined || 'refused' in rendered) throw new Error(JSON.stringify(rendered))
    const [part] = rendered.parts
    if (part === undefined || email.send === undefined) throw new Error('no part')
    const files = message.attachments.map((file) => ({ ...file, read: async () => Buffer.from('12345'), publicLink: () => '' }))
    return email.send({ data: JSON.parse(JSON.stringify(part.data)), files, idempotencyKey: 'key' }, sender, recordingHub(emptyMemory()))
  }

  it('hands over one letter with thread headers, file, and an id that is the same at every attempt', async () => {
    const server = await outside()
    const sent = await send(server.port)
    const again = await send(server.port)
    expect(again.externalId).toBe(sent.externalId)
    const raw = server.letters[0]?.raw ?? ''
    expect(server.letters[0]?.to).toEqual(['ivan@client.example', 'anna@client.example'])
    expect(sent.externalId).toMatch(/^<c42\.sig\.[0-9a-f]{20}@shop\.example>$/)
    expect(raw).toContain(`Message-ID: ${sent.externalId}`)
    expect(raw).toContain('In-Reply-To: <second@client.example>')
    const long = await send(server.port, { replyToken: 'a'.repeat(80) })
    expect(server.letters.at(-1)?.raw, 'never folded').toContain(`Message-ID: ${long.externalId}`)
    expect(raw).toMatch(/References: <first@client.example>\s+<second@client.example>/)
    expect(raw).not.toMatch(/^(?:Bcc|Auto-Submitted):/im)
    expect(raw).toContain('Reply-To: sales+c42.sig@shop.example')
  })

  it('marks automatic letters, and never sends them to robots', async () => {
    const server = await outside()
    await send(server.port, { automatic: true })
    expect(server.letters[0]?.raw).toMatch(/Auto-Submitted: auto-replied/)
    await expect(send(server.port, { automatic: true, to: { kind: 'email', value: 'no-reply@client.example' } })).rejects.toMatchObject({
      code: 'blocked',
    })
  })

  it('does not know the outcome when the line is cut after the final dot', async () => {
    const server = await outside({ afterDot: 'cut' })
    await expect(send(server.port)).rejects.toMatchObject({ code: 'outcome_unknown' })
    expect(server.letters.length).toBe(1)
  })

  it('knows that nothing was sent when nobody listens or the line is cut before', async () => {
    await expect(send(await freePort())).rejects.toMatchObject({ code: 'temporary' })
    const cutting = net.createServer((socket) => {
      socket.write('220 hello\r\n')
      socket.on('data', (chunk: Buffer) => (/^DATA/m.test(chunk.toString()) ? socket.destroy() : socket.write('250 ok\r\n')))
    })
    await new Promise<void>((resolve) => cutting.listen(0, '127.0.0.1', resolve))
    closing.push(() => cutting.close())
    const address = cutting.address()
    await expect(send(typeof address === 'object' && address !== null ? address.port : 0)).rejects.toMatchObject({ code: 'temporary' })
  })

  it.each([
    ['an unknown address', { onRcpt: () => refuse(550, '5.1.1 User unknown') }, 'invalid_recipient'],
    ['greylisting', { onRcpt: () => refuse(451, '4.7.1 Greylisted') }, 'temporary'],
    ['a rule against spam', { onData: () => refuse(554, '5.7.1 Message rejected as spam') }, 'rejected'],
    ['a used-up limit', { onData: () => refuse(550, '5.4.5 Daily user sending limit exceeded') }, 'rate_limited'],
    ['a busy server after the dot', { onData: () => refuse(451, '4.3.0 Try again') }, 'temporary'],
    ['a foreign sender', { onRcpt: () => refuse(553, '5.7.1 Sender address rejected: not owned by auth user.') }, 'rejected'],
  ])('maps %s', async (_name, options, code) => {
    const server = await outside(options)
    await expect(send(server.port)).rejects.toMatchObject({ code })
  })

  it('fails when the one written to is refused though the copy went out', async () => {
    const server = await outside({ onRcpt: (address) => (address.startsWith('ivan') ? refuse(550, '5.1.1 User unknown') : null) })
    await expect(send(server.port)).rejects.toMatchObject({ code: 'invalid_recipient' })
  })

  it('says a wrong password in words of both languages, without the password', async () => {
    const server = await outside({ auth: true })
    const settings = emailSettings.parse({
      address: 'a@yandex.ru',
      incoming: 'door',
      smtpHost: '127.0.0.1',
      smtpPort: server.port,
      smtpSecurity: 'none',
      smtpPassword: 'wrong-password',
    })
    const bad = await email.check(settings, recordingHub(emptyMemory()))
    expect(bad).toMatchObject({ ok: false, error: { code: 'auth_failed' } })
    expect(bad.ok ? '' : bad.error.message).toMatch(/Яндекс не пустил.*Yandex refused/s)
    expect(JSON.stringify(bad)).not.toContain('wrong-password')
    expect(await email.check({ ...settings, smtpPassword: 'right' }, recordingHub(emptyMemory()))).toMatchObject({ ok: true })
  })

  it('refuses what no letter can carry', () => {
    const settings = emailSettings.parse({ address: 'a@b.example', smtpHost: '127.0.0.1' })
    expect(email.render?.({ ...message, to: { kind: 'phone', value: '+79161234567' } }, settings)).toMatchObject({ refused: 'invalid_recipient' })
    expect(email.render?.({ ...message, attachments: [{ id: 'f', name: 'f', type: 'video/mp4', size: 30_000_000 }] }, settings)).toMatchObject({
      refused: 'unsupported',
    })
    expect(email.render?.(message, emailSettings.parse({ address: 'a@b.example' }))).toMatchObject({ refused: 'unsupported' })
  })
})
