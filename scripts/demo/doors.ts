import { createHmac } from 'node:crypto'
import { createTransport, type SendMailOptions } from 'nodemailer'
import { webhookSecret } from '../../src/connectors/telegram/settings.ts'
import type { DemoHub } from './hub.ts'
import { ourNumbers } from './our-numbers.ts'
import type { OutsideWorld } from './outside-world.ts'

/** Somebody who writes to the firm's bot. */
export interface TelegramPerson {
  id: number
  first_name: string
  last_name?: string
  username?: string
}

/** The ways in: each sends as the real sender would, through the hub's own ports. */
export interface Doors {
  /** A calculator of our own that posts JSON; the key in its address is its proof. Returns the status it heard. */
  calculator(fields: object, minutesAgo?: number): Promise<number>
  /** Text as it comes, to the calculator's address. */
  rawToCalculator(body: string, type: string): Promise<number>
  tilda(fields: Record<string, string>, minutesAgo?: number): Promise<number>
  /** A quiz that signs its body with HMAC-SHA256. */
  quiz(fields: object, minutesAgo?: number, secret?: string): Promise<number>
  letter(letter: SendMailOptions & { minutesAgo?: number }): Promise<void>
  /** A message to the bot, as a webhook with Telegram's secret header. Returns the status it heard. */
  telegram(person: TelegramPerson, content: object, minutesAgo?: number): Promise<number>
  /** Telegram sends an update again when it heard no answer in time. */
  repeatTelegram(): Promise<void>
  /** What the PBX tells of its calls and recordings, signed as MANGO OFFICE does. Returns the status it heard. */
  pbx(path: string, event: object): Promise<number>
  close(): void
}

interface Channel {
  id: string
  hookUrl: string
}

const quizSecret = 'kviz-okna-2026'
export const mailbox = 'zakaz@kontur-okna63.example'

export async function openDoors(hub: DemoHub, outside: OutsideWorld): Promise<Doors> {
  const add = (connector: string, name: string, settings: object) => hub.call<Channel>('POST', '/channels', { connector, name, settings })
  const form = { timeZone: 'UTC' }
  const calculator = await add('form', 'Калькулятор на сайте', { ...form, topic: 'Расчёт окна' })
  const tilda = await add('form', 'Лендинг на Tilda', form)
  const quiz = await add('form', 'Квиз «Тёплый балкон»', { ...form, proof: 'secret', secret: quizSecret, topic: 'Балкон под ключ' })
  const mailSettings = { incoming: 'door', fromName: 'Контур Окна', smtpHost: '127.0.0.1', smtpPort: outside.mailPort, smtpSecurity: 'none' }
  await add('email', `Почта ${mailbox.split('@')[0]}@`, { address: mailbox, ...mailSettings })
  const botSettings = { token: outside.botToken, apiRoot: outside.apiRoot, mode: 'webhook' as const }
  const bot = await add('telegram', '@kontur_okna_bot', botSettings)
  const pbx = await add('mango-office', 'Телефония', outside.pbx.settings)
  await hub.call('PUT', `/channels/${pbx.id}/addresses`, { items: ourNumbers })
  const proof = { 'x-telegram-bot-api-secret-token': webhookSecret(botSettings) }

  const mail = createTransport({ host: '127.0.0.1', port: hub.smtpPort, secure: false, ignoreTLS: true, pool: true, maxConnections: 1 })
  let updates = 51_200
  let messages = 400
  let last = ''
  const told = (minutesAgo = 0) => ({ created_at: new Date(Date.now() - minutesAgo * 60_000).toISOString() })
  return {
    calculator: (fields, minutesAgo) => post(calculator, JSON.stringify({ ...fields, ...told(minutesAgo) }), { 'content-type': 'application/json' }),
    rawToCalculator: (body, type) => post(calculator, body, { 'content-type': type }),
    tilda: (fields, minutesAgo) => post(tilda, new URLSearchParams({ ...fields, ...told(minutesAgo) }).toString(), urlencoded),
    quiz(fields, minutesAgo, secret = quizSecret) {
      const body = JSON.stringify({ ...fields, ...told(minutesAgo) })
      const signature = createHmac('sha256', secret).update(body).digest('hex')
      return post(quiz, body, { 'content-type': 'application/json', 'x-signature': signature })
    },
    async letter({ minutesAgo = 0, ...letter }) {
      await mail.sendMail({ to: mailbox, date: new Date(Date.now() - minutesAgo * 60_000), ...letter })
    },
    telegram(person, content, minutesAgo = 0) {
      updates += 1
      messages += 1
      const from = { ...person, is_bot: false, language_code: 'ru' }
      const chat = { ...person, type: 'private' }
      const message = { message_id: messages, date: Math.floor(Date.now() / 1000) - minutesAgo * 60, chat, from, ...content }
      last = JSON.stringify({ update_id: updates, message })
      return post(bot, last, { 'content-type': 'application/json', ...proof })
    },
    async repeatTelegram() {
      await post(bot, last, { 'content-type': 'application/json', ...proof })
    },
    pbx: (path, event) => outside.pbx.tell(pbx.hookUrl, path, event),
    close: () => mail.close(),
  }
}

const urlencoded = { 'content-type': 'application/x-www-form-urlencoded' }

async function post(channel: Channel, body: string, headers: Record<string, string>): Promise<number> {
  const response = await fetch(channel.hookUrl, { method: 'POST', headers, body })
  await response.arrayBuffer()
  return response.status
}
