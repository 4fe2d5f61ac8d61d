import net from 'node:net'
import { SMTPServer } from 'smtp-server'
import { emailSettings } from '../../../src/connectors/email/settings.ts'
import { noNameServer } from '../../support/fake-dns.ts'
import { type Bench, type ContractCase, caught, type FailureCase } from '../case.ts'

const address = 'sales@shop.example'
const password = 'a-password-of-the-contract'

export const email: ContractCase = {
  settings: { address },
  consent: { address: 'sales@gmail.com', oauthClientId: 'client-of-the-contract', oauthClientSecret: 'secret-of-the-contract' },
  failures: [
    {
      name: 'a wrong IMAP password',
      code: 'auth_failed',
      provoke: (bench) => checkIncoming(bench, 'imap', imapSaying('NO [AUTHENTICATIONFAILED] Authentication failed.')),
    },
    {
      name: 'too many IMAP connections',
      code: 'rate_limited',
      provoke: (bench) => checkIncoming(bench, 'imap', imapSaying('NO [LIMIT] Maximum number of connections from user+IP exceeded')),
    },
    {
      name: 'an ordinary password at Mail.ru',
      code: 'auth_failed',
      provoke: (bench) => checkIncoming(bench, 'imap', imapSaying('NO NEOBHODIM parol prilozheniya / Application password is REQUIRED')),
    },
    {
      name: 'a wrong POP3 password',
      code: 'auth_failed',
      provoke: (bench) => checkIncoming(bench, 'pop3', pop3Saying('-ERR [AUTH] Authentication failed.')),
    },
    { name: 'a locked POP3 mailbox', code: 'temporary', provoke: (bench) => checkIncoming(bench, 'pop3', pop3Saying('-ERR [IN-USE] locked')) },
    { name: 'nobody listens for IMAP', code: 'temporary', provoke: checkNobody },
    refusal('a wrong SMTP password', 'auth_failed', { onAuth: 535 }),
    refusal('a recipient that does not exist', 'invalid_recipient', { onRcpt: '550 5.1.1 User unknown' }),
    refusal('greylisting', 'temporary', { onRcpt: '451 4.7.1 Greylisted' }),
    refusal('spam, says the server', 'rejected', { onRcpt: '554 5.7.1 spam' }),
    refusal('the line cut after the final dot', 'outcome_unknown', { cutAfterDot: true }),
  ],
  sessions: [
    {
      name: 'IMAP, while nobody listens',
      open: async (bench) => open(bench, { host: '127.0.0.1', port: await bench.closedPort(), security: 'none', password }),
    },
    {
      name: 'POP3, while nobody listens',
      open: async (bench) => open(bench, { incoming: 'pop3', host: '127.0.0.1', port: await bench.closedPort(), security: 'none', password }),
    },
    { name: 'waiting at the built-in door', open: (bench) => open(bench, {}) },
    { name: 'the built-in door', open: openDoor },
  ],
}

type Answer = (line: string) => string | undefined

function imapSaying(answer: string): Answer {
  return (line) => {
    const tag = line.split(' ')[0] ?? ''
    if (/CAPABILITY/i.test(line)) return `* CAPABILITY IMAP4rev1\r\n${tag} OK done`
    if (/LOGIN/i.test(line)) return `${tag} ${answer}`
    return line === '' ? '* OK [CAPABILITY IMAP4rev1] ready' : `${tag} OK done`
  }
}

function pop3Saying(answer: string): Answer {
  return (line) => (/^PASS/.test(line) ? answer : '+OK')
}

async function checkIncoming(bench: Bench, incoming: 'imap' | 'pop3', answer: Answer): Promise<unknown> {
  const sockets = new Set<net.Socket>()
  const server = net.createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.write(`${answer('') ?? ''}\r\n`)
    socket.on('data', (chunk: Buffer) => {
      for (const line of chunk.toString().trim().split('\r\n')) socket.write(`${answer(line) ?? ''}\r\n`)
    })
  })
  const port = await listen(server)
  const settings = emailSettings.parse({ address, incoming, password, host: '127.0.0.1', port, security: 'none' })
  bench.channel(settings)
  try {
    return await bench.connector.check(settings, bench.hub)
  } finally {
    for (const socket of sockets) socket.destroy()
    server.close()
  }
}

async function checkNobody(bench: Bench): Promise<unknown> {
  return bench.connector.check(
    bench.channel({ address, password, host: '127.0.0.1', port: await bench.closedPort(), security: 'none' }).settings,
    bench.hub,
  )
}

interface Trouble {
  onAuth?: number
  onRcpt?: string
  cutAfterDot?: boolean
}

function refusal(name: string, code: FailureCase['code'], trouble: Trouble): FailureCase {
  return { name, code, provoke: (bench) => sendInto(bench, trouble) }
}

async function sendInto(bench: Bench, trouble: Trouble): Promise<unknown> {
  const failing = (text: string) => Object.assign(new Error(text.slice(4)), { responseCode: Number(text.slice(0, 3)) })
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: (_auth, _session, done) => (trouble.onAuth ? done(failing(`${trouble.onAuth} Authentication failed`)) : done(null, { user: 'user' })),
    onRcptTo: (_address, _session, done) => done(trouble.onRcpt === undefined ? null : failing(trouble.onRcpt)),
    onData(stream, _session, done) {
      stream.resume()
      stream.on('end', () => {
        if (!trouble.cutAfterDot) done(null)
        else for (const connection of server.connections) connection._socket.destroy()
      })
    },
  })
  server.on('error', () => {})
  const port = await bench.closedPort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const channel = bench.channel({ address, incoming: 'door', smtpHost: '127.0.0.1', smtpPort: port, smtpSecurity: 'none', smtpPassword: password })
  const message = {
    id: 'm1',
    text: 'text',
    attachments: [],
    to: { kind: 'email', value: 'ivan@client.example' },
    references: [],
    replyToken: 't',
    automatic: false,
  }
  const rendered = bench.connector.render?.(message, channel.settings)
  const part = rendered && 'parts' in rendered ? rendered.parts[0] : undefined
  try {
    return await caught(Promise.resolve(bench.connector.send?.({ data: part?.data, files: [], idempotencyKey: 'k' }, channel, bench.hub)))
  } finally {
    await new Promise<void>((resolve) => server.close(resolve))
  }
}

function open(bench: Bench, settings: object) {
  const session = bench.connector.open?.(bench.channel({ address, ...settings }), bench.hub)
  if (session === undefined) throw new Error('no sessions')
  return session
}

async function openDoor(bench: Bench) {
  const channel = bench.channel({ address })
  const door = await bench.connector.openDoor?.({
    channels: async () => [channel],
    hubOf: () => bench.hub,
    dns: noNameServer,
    logger: bench.hub.logger,
    listen: { port: await bench.closedPort(), host: '127.0.0.1' },
  })
  if (door === undefined) throw new Error('no door')
  return door
}

async function listen(server: net.Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const bound = server.address()
  return typeof bound === 'object' && bound !== null ? bound.port : 0
}
