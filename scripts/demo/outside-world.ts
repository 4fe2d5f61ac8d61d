import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { type FakeMango, fakeMango } from '../../tests/support/fake-mango.ts'
import { callSound } from './call-sound.ts'
import { windowPicture } from './window-picture.ts'

/** A letter that the hub has sent. */
interface SentLetter {
  to: string[]
  subject: string
  messageId: string
}

/** What stands for Telegram, for the cloud PBX (the one of the tests) and for the mail servers of clients, so that nothing leaves this machine. */
export interface OutsideWorld {
  botToken: string
  apiRoot: string
  pbx: FakeMango
  mailPort: number
  /** What the hub told the bot's clients. */
  botMessages: { method: string; fields: Record<string, unknown> }[]
  letters: SentLetter[]
  close(): Promise<void>
}

export async function openOutsideWorld(): Promise<OutsideWorld> {
  const { server: bot, messages } = fakeBotApi()
  const pbx = await fakeMango({ apiKey: 'kontur-okna', apiSalt: 'sol-dlya-podpisi' }, soundOf)
  const letters: SentLetter[] = []
  const mail = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onData: (stream, session, done) => {
      const to = session.envelope.rcptTo.map(({ address }) => address)
      void keepLetter(stream, to, letters, done)
    },
  })
  bot.listen(0, '127.0.0.1')
  mail.listen(0, '127.0.0.1')
  await Promise.all([once(bot, 'listening'), once(mail.server, 'listening')])
  return {
    botToken: '700000001:DEMO_token_of_a_bot_that_does_not_exist',
    apiRoot: `http://127.0.0.1:${(bot.address() as AddressInfo).port}`,
    pbx,
    mailPort: (mail.server.address() as AddressInfo).port,
    botMessages: messages,
    letters,
    async close() {
      bot.closeAllConnections()
      await Promise.all([pbx.close(), new Promise((done) => bot.close(done)), new Promise<void>((done) => mail.close(() => done()))])
    },
  }
}

async function keepLetter(stream: AsyncIterable<unknown>, to: string[], letters: SentLetter[], done: (error?: Error) => void): Promise<void> {
  try {
    const { subject = '', messageId = '' } = await PostalMime.parse(await readAll(stream))
    letters.push({ to, subject, messageId })
    done()
  } catch (error) {
    done(error instanceof Error ? error : new Error(String(error)))
  }
}

/** As much of https://core.telegram.org/bots/api as a bot needs that is told of messages by webhook. */
function fakeBotApi(): { server: Server; messages: OutsideWorld['botMessages'] } {
  const messages: OutsideWorld['botMessages'] = []
  let webhook: unknown = ''
  const answer = (method: string, fields: Record<string, unknown>): unknown => {
    if (method === 'getMe') return { id: 700000001, is_bot: true, first_name: 'Контур Окна', username: 'kontur_okna_bot' }
    if (method === 'getWebhookInfo') return { url: webhook, pending_update_count: 0 }
    if (method === 'setWebhook') webhook = fields.url
    if (method === 'getFile') return { file_id: fields.file_id, file_unique_id: 'u', file_path: 'photos/window.png' }
    if (!method.startsWith('send')) return true
    messages.push({ method, fields })
    return { message_id: 90_000 + messages.length, date: Math.floor(Date.now() / 1000), chat: { id: Number(fields.chat_id), type: 'private' } }
  }
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    if (path.startsWith('/file/')) return response.writeHead(200, { 'content-type': 'image/png' }).end(windowPicture())
    return void readFields(request).then((fields) => {
      const result = answer(path.split('/').pop() ?? '', fields)
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ ok: true, result }))
    })
  })
  return { server, messages }
}

/** A recording's id ends in its seconds. */
function soundOf(recordingId: string): Uint8Array {
  const [, id = '1', seconds = '1'] = /^rec-(\d+)-(\d+)$/.exec(recordingId) ?? []
  return callSound(Number(seconds), Number(id))
}

async function readFields(request: IncomingMessage): Promise<Record<string, unknown>> {
  const body = (await readAll(request)).toString('utf8')
  return body.startsWith('{') ? (JSON.parse(body) as Record<string, unknown>) : {}
}

async function readAll(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
