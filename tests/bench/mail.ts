import { randomBytes } from 'node:crypto'
import { ImapFlow } from 'imapflow'
import PostalMime from 'postal-mime'
import { type Dovecot, hasDovecot, startDovecot } from '../support/dovecot.ts'
import { type BenchHub, startBenchHub } from './bench-hub.ts'
import { atLeast, type BenchOptions, type Result } from './result.ts'

const user = 'bench'

/** A mailbox of old letters: to applied entries by the hub, against fetching and parsing alone. */
export async function benchMail({ isQuick }: BenchOptions): Promise<Result[]> {
  if (!hasDovecot()) return [{ part: 'e', what: 'IMAP back-fill', seen: 'Dovecot is not installed', target: '≥ 0.35 ×', isReached: false }]
  const count = isQuick ? 1_000 : 5_000
  const server = await startDovecot()
  const hub = await startBenchHub()
  try {
    for (let n = 0; n < count; n++) server.addLetter(user, letter(n), { arrivedAt: new Date(Date.now() - 86_400_000) })
    // The first reading makes Dovecot's index; both measured ones find it.
    await fetchAndParse(server, count)
    const bare = await fetchAndParse(server, count)
    const ours = await backfill(hub, server, count)
    return [
      atLeast(
        'e',
        'IMAP back-fill : imapflow + postal-mime',
        ours / bare,
        0.35,
        `${count} letters, hub ${ours.toFixed(0)}/s, bare ${bare.toFixed(0)}/s`,
      ),
    ]
  } finally {
    await hub.close()
    await server.stop()
  }
}

function perSecond(count: number, since: number): number {
  return count / ((performance.now() - since) / 1000)
}

async function fetchAndParse(server: Dovecot, count: number): Promise<number> {
  const at = performance.now()
  const client = new ImapFlow({
    host: '127.0.0.1',
    port: server.imapPort,
    secure: false,
    doSTARTTLS: false,
    auth: { user, pass: server.password },
    logger: false,
  })
  await client.connect()
  const lock = await client.getMailboxLock('INBOX', { readOnly: true })
  let parsed = 0
  for await (const { source } of client.fetch('1:*', { uid: true, source: true, internalDate: true })) {
    if (source) await PostalMime.parse(source)
    parsed++
  }
  lock.release()
  await client.logout()
  if (parsed !== count) throw new Error(`${parsed} letters of ${count} were read`)
  return perSecond(count, at)
}

async function backfill(hub: BenchHub, server: Dovecot, count: number): Promise<number> {
  const at = performance.now()
  await hub.api('POST', '/channels', {
    connector: 'email',
    name: 'Mailbox',
    settings: {
      address: `${user}@shop.example`,
      user,
      password: server.password,
      host: '127.0.0.1',
      port: server.imapPort,
      security: 'none',
      backfillFrom: new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10),
    },
  })
  for (;;) {
    const { rows } = await hub.pool.query<{ count: number }>('select count(*)::int as count from entries')
    if (rows[0]?.count === count) return perSecond(count, at)
    if (performance.now() - at > 300_000) throw new Error(`only ${rows[0]?.count} of ${count} letters were applied`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const paragraph = 'Добрый день! Подскажите, пожалуйста, когда будет готов наш заказ и можно ли перенести доставку на четверг. '

/** As mailboxes are: six short letters, three with a long quote in HTML, one with a file of 150 kB; 36 kB on average. */
function letter(n: number): string {
  const kind = n % 10
  const html = `<html><body><p>${paragraph.repeat(8)}</p><p>Заказ ${n}</p>${kind > 5 ? `<blockquote><p>${paragraph}</p></blockquote>`.repeat(60) : ''}</body></html>`
  const body = alternatives(n, html)
  const file = randomBytes(150_000).toString('base64').replace(/.{76}/g, '$&\r\n')
  const parts =
    kind < 9
      ? body
      : [
          'Content-Type: multipart/mixed; boundary="mixed"',
          '',
          '--mixed',
          ...body,
          '--mixed',
          'Content-Type: application/pdf; name="order.pdf"',
          'Content-Transfer-Encoding: base64',
          'Content-Disposition: attachment; filename="order.pdf"',
          '',
          file,
          '--mixed--',
          '',
        ]
  return [...head(n), ...parts].join('\r\n')
}

function head(n: number): string[] {
  return [
    `From: =?utf-8?B?${Buffer.from(`Клиент ${n % 1000}`).toString('base64')}?= <client${n % 1000}@clients.example>`,
    `To: ${user}@shop.example`,
    `Subject: =?utf-8?B?${Buffer.from(`Заказ ${n}`).toString('base64')}?=`,
    `Message-ID: <${n}@clients.example>`,
    `Date: ${new Date(Date.now() - 86_400_000).toUTCString()}`,
    'MIME-Version: 1.0',
  ]
}

function alternatives(n: number, html: string): string[] {
  return [
    'Content-Type: multipart/alternative; boundary="part"',
    '',
    '--part',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    wrapped(`${paragraph.repeat(8)}\nЗаказ ${n}`),
    '--part',
    'Content-Type: text/html; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    wrapped(html),
    '--part--',
    '',
  ]
}

function wrapped(text: string): string {
  return Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\r\n')
}
