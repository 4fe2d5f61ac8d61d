import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createTransport } from 'nodemailer'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../support/database.ts'
import { freePort, type HubProcess, startHub } from '../../support/hub-process.ts'
import { plainLetter, until } from '../../support/letters.ts'

// A whole hub with its mail door, and the outside world as another SMTP server: letters in, an answer out, answers to the answer.

const us = 'sales@shop.example'
const adminKey = 'k'.repeat(40)
const sent: { raw: string; to: string[] }[] = []
let database: Awaited<ReturnType<typeof testDatabase>>
let folder: string
let hub: HubProcess
let doorPort: number
let channelId: string
const outside = new SMTPServer({
  disabledCommands: ['STARTTLS', 'AUTH'],
  onData(stream, session, done) {
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.on('end', () => {
      sent.push({ raw: Buffer.concat(chunks).toString(), to: session.envelope.rcptTo.map(({ address }) => address) })
      done(null)
    })
  },
})

beforeAll(async () => {
  database = await testDatabase()
  folder = await mkdtemp(path.join(tmpdir(), 'hub-mail-'))
  doorPort = await freePort()
  const outsidePort = await freePort()
  await new Promise<void>((resolve) => outside.listen(outsidePort, '127.0.0.1', resolve))
  const env = { DATA_DIR: folder, DATABASE_URL: database.url, SECRET_KEY: 's'.repeat(40), ADMIN_API_KEY: adminKey, SMTP_IN_PORT: String(doorPort) }
  hub = await startHub({ env })
  const smtp = { smtpHost: '127.0.0.1', smtpPort: outsidePort, smtpSecurity: 'none' }
  channelId = (await call('POST', '/channels', { connector: 'email', name: 'Sales', settings: { address: us, ...smtp } })).id
}, 240_000)
afterAll(async () => {
  await hub?.end()
  await new Promise<void>((resolve) => outside.close(resolve))
  await database?.close()
  await rm(folder, { recursive: true, force: true })
})

async function call(method: string, where: string, body?: object): Promise<ReturnType<typeof JSON.parse>> {
  const headers = { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' }
  const answer = await fetch(`${hub.url}/api/v1${where}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
  if (!answer.ok) throw new Error(`${method} ${where}: ${answer.status} ${await answer.text()}`)
  return answer.json()
}

interface Found {
  id: string
  conversationId: string
  contactId: string
  direction: string
  automatic: string | null
  author: string | null
}

async function arrived(id: string, within?: number): Promise<Found> {
  const find = async () =>
    (
      await database.pool.query<Found>(
        `select id, conversation_id as "conversationId", contact_id as "contactId", direction, automatic, from_value as author
         from entries where external_id = $1`,
        [`<${id}@client.example>`],
      )
    ).rows[0]
  await until(async () => (await find()) !== undefined, id, within)
  return (await find()) as Found
}

/** A letter through the door; gives the entry that it became. */
async function write(
  id: string,
  from: string,
  options: Parameters<typeof plainLetter>[1] & { envelope?: string; sender?: string; within?: number } = {},
): Promise<Found> {
  const { envelope = us, sender = from, within, ...rest } = options
  const transport = createTransport({ host: '127.0.0.1', port: doorPort, ignoreTLS: true })
  await transport.sendMail({ raw: plainLetter(id, { from, to: us, ...rest }), envelope: { from: sender, to: envelope } })
  transport.close()
  return arrived(id, within)
}

test('an answer and the answers to it stay one conversation of those who take part in it', { timeout: 240_000 }, async () => {
  const first = await write('first', 'ivan@client.example', { subject: 'Windows', headers: ['Cc: Anna <anna@client.example>'] })
  const stateOf = async () => (await call('GET', `/conversations/${first.conversationId}`)).state
  expect(await stateOf()).toBe('waiting')
  const { cursor } = await call('GET', `/conversations/${first.conversationId}/messages`)
  const answer = await call('POST', `/conversations/${first.conversationId}/messages`, { text: 'Three weeks.', lastSeenCursor: cursor })
  await until(() => sent.length === 1, 'our answer')
  const raw = sent[0]?.raw ?? ''
  const ourId = /^Message-ID: (<[^>]+>)/m.exec(raw)?.[1] ?? ''
  const replyTo = /^Reply-To:.*?([^\s<]+@shop\.example)/m.exec(raw)?.[1] ?? ''
  expect(sent[0]?.to.toSorted()).toEqual(['anna@client.example', 'ivan@client.example'])
  expect(raw).toContain('In-Reply-To: <first@client.example>')
  expect(replyTo).toMatch(/^sales\+/)

  const byReference = await write('by-reference', 'ivan@client.example', { subject: 'Another subject', headers: [`In-Reply-To: ${ourId}`] })
  const byToken = await write('by-token', 'ivan@client.example', { subject: 'From the telephone', to: replyTo, envelope: replyTo })
  const byCopy = await write('by-copy', 'anna@client.example', { subject: 'Re: Windows', headers: [`References: <first@client.example> ${ourId}`] })
  for (const one of [byReference, byToken, byCopy]) expect(one.conversationId).toBe(first.conversationId)
  expect(byCopy.author).toBe('anna@client.example')
  expect(byCopy.contactId).not.toBe(first.contactId)

  const sameSubject = await write('same-subject', 'stranger@elsewhere.example', { subject: 'Re: Windows' })
  const quoting = await write('quoting', 'nosy@elsewhere.example', { subject: 'Re: Windows', headers: [`In-Reply-To: ${ourId}`] })
  for (const one of [sameSubject, quoting]) expect(one.conversationId).not.toBe(first.conversationId)

  await call('POST', `/conversations/${first.conversationId}/close`, {})
  const settled = await stateOf()
  const away = await write('away', 'ivan@client.example', {
    subject: 'Автоматический ответ: Windows',
    headers: ['Auto-Submitted: auto-replied', `In-Reply-To: ${ourId}`],
  })
  expect(away).toMatchObject({ conversationId: first.conversationId, automatic: 'auto-reply' })
  expect(await stateOf()).toBe(settled)

  const report = `--d\r\nContent-Type: text/plain\r\n\r\nUndelivered.\r\n--d\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; ivan@client.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--d\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: ${ourId}\r\n--d--`
  const bounce = await write('bounce', 'mailer-daemon@mx.example', {
    subject: 'Undelivered Mail Returned to Sender',
    headers: ['MIME-Version: 1.0', 'Content-Type: multipart/report; report-type=delivery-status; boundary=d'],
    text: report,
    sender: '',
  })
  expect(bounce).toMatchObject({ automatic: 'bounce', conversationId: first.conversationId })
  await until(async () => (await call('GET', `/entries/${answer.id}`)).status === 'failed', 'our answer to be marked')
  expect(await stateOf()).toBe(settled)
  expect(sent.length, 'machines are never answered').toBe(1)
})

test('a letter of 60 MB is taken whole, a larger one refused with a reason', { timeout: 240_000 }, async () => {
  const scan = `--b\r\nContent-Type: application/pdf; name=scan.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n${`${'A'.repeat(76)}\r\n`.repeat(770_000)}--b--`
  const headers = ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b']
  const big = await write('big', 'big@client.example', { headers, text: scan, within: 200_000 })
  const { rows } = await database.pool.query('select name, size, state from attachments where entry_id = $1', [big.id])
  expect(rows).toEqual([{ name: 'scan.pdf', size: 43_890_000, state: 'ready' }])
  const transport = createTransport({ host: '127.0.0.1', port: doorPort, ignoreTLS: true })
  const huge = plainLetter('huge', { text: `${'A'.repeat(76)}\r\n`.repeat(900_000) })
  await expect(transport.sendMail({ raw: huge, envelope: { from: 'a@client.example', to: us } })).rejects.toMatchObject({ responseCode: 552 })
  transport.close()
  expect((await call('GET', `/channels/${channelId}`)).state).toBe('ok')
})
