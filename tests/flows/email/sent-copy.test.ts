import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { email } from '../../../src/connectors/email/connector.ts'
import { emailSettings } from '../../../src/connectors/email/settings.ts'
import { type Dovecot, hasDovecot, startDovecot } from '../../support/dovecot.ts'
import { until } from '../../support/letters.ts'
import { emptyMemory, recordingHub } from '../../support/recording-hub.ts'

const available = hasDovecot()

describe.skipIf(!available)('the Sent folder (real Dovecot and SMTP)', () => {
  let server: Dovecot
  let smtp: SMTPServer
  const received: string[] = []

  beforeAll(async () => {
    server = await startDovecot()
    smtp = new SMTPServer({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: (auth, _session, done) => (auth.password === server.password ? done(null, { user: auth.username }) : done(new Error('wrong password'))),
      onData(stream, _session, done) {
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk))
        stream.on('end', () => {
          received.push(Buffer.concat(chunks).toString())
          done(null)
        })
      },
    })
    smtp.on('error', () => {})
    await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve))
  })
  afterAll(async () => {
    await new Promise<void>((resolve) => smtp.close(resolve))
    await server.stop()
  })

  function settingsOf(user: string, more: object = {}) {
    const address = smtp.server.address()
    const smtpPort = typeof address === 'object' && address !== null ? address.port : 0
    const servers = { host: '127.0.0.1', port: server.imapPort, security: 'none', smtpHost: '127.0.0.1', smtpPort, smtpSecurity: 'none' }
    return emailSettings.parse({ address: `${user}@shop.example`, user, password: server.password, pollSeconds: 1, ...servers, ...more })
  }

  async function send(user: string, more: object = {}) {
    const settings = settingsOf(user, more)
    const channel = { id: 'channel', key: 'key', settings, hookUrl: '' }
    const message = {
      id: `m-${user}`,
      text: 'Hello',
      attachments: [],
      to: { kind: 'email', value: 'ivan@client.example' },
      references: [],
      replyToken: 't1',
      automatic: false,
    }
    const rendered = email.render?.(message, settings)
    const part = rendered !== undefined && 'parts' in rendered ? rendered.parts[0] : undefined
    if (part === undefined || email.send === undefined) throw new Error('not rendered')
    return { channel, sent: await email.send({ data: part.data, files: [], idempotencyKey: 'k' }, channel, recordingHub(emptyMemory())) }
  }

  it('gets the very bytes that went out, read, once, and the session gives them back as an echo of the same id', async () => {
    const { channel, sent } = await send('copy')
    await until(() => server.letters('copy', 'Sent').length === 1, 'the copy')
    const [copy] = server.letters('copy', 'Sent')
    expect(copy?.trimEnd()).toBe(received.at(-1)?.replaceAll('\r\n', '\n').trimEnd())
    await until(() => /:2,S/.test(server.files('copy', 'Sent')[0] ?? ''), 'the copy to be marked as read')
    const memory = emptyMemory()
    const session = email.open?.(channel, recordingHub(memory))
    await until(() => memory.deliveries.length === 1, 'the echo')
    await session?.close()
    const [delivery] = memory.deliveries
    const events = delivery === undefined ? [] : await email.normalise({ ...delivery.raw, receivedAt: new Date() }, channel.settings)
    expect(events).toMatchObject([{ type: 'message', direction: 'outbound', externalId: sent.externalId }])
  })

  it('gets nothing when the owner does not want it', async () => {
    await send('nocopy', { saveSent: 'never' })
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(server.letters('nocopy', 'Sent')).toEqual([])
  })

  it('is no reason to fail: a letter that went out counts as sent though IMAP is gone', async () => {
    const { sent } = await send('noimap', { port: 1 })
    expect(sent.externalId).toContain('@shop.example')
  })
})
