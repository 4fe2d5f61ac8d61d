import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FakeTwilio, fakeTwilio } from '../support/fake-twilio.ts'
import { type RunningHub, startRunningHub } from '../support/running-hub.ts'

const [client, ours] = ['+79990001122', '+15551230002']
let twilio: FakeTwilio
let hub: RunningHub
let channel: { id: string; hookUrl: string }

beforeAll(async () => {
  twilio = await fakeTwilio()
  hub = await startRunningHub()
  const { accountSid, authToken, apiRoot } = twilio
  channel = await hub.addChannel('twilio-sms', { accountSid, authToken, apiRoot, from: ours, whatsappFrom: ours })
}, 240_000)
afterAll(async () => {
  await hub.close()
  await twilio.close()
})

interface Entry {
  id: string
  text: string
  status: string | null
  error: { code: string; message: string } | null
  medium: string
  direction: string
  conversationId: string
  contactId: string
  attachments: { url: string; size: number | null }[]
}

const written = (sid: string, more: Record<string, string> = {}) => ({
  MessageSid: sid,
  SmsSid: sid,
  From: client,
  To: ours,
  Body: 'Здравствуйте!',
  NumMedia: '0',
  SmsStatus: 'received',
  ...more,
})

async function timeline(): Promise<Entry[]> {
  const { items } = await hub.api<{ items: { id: string }[] }>('GET', `/contacts?query=${encodeURIComponent(client)}`)
  expect(items.length).toBeLessThan(2)
  const [contact] = items
  return contact ? (await hub.api<{ items: Entry[] }>('GET', `/contacts/${contact.id}/timeline`)).items : []
}

async function entryWhen(is: (entry: Entry) => boolean): Promise<Entry> {
  let found: Entry | undefined
  await expect
    .poll(
      async () => {
        found = (await timeline()).find(is)
        return found
      },
      { timeout: 60_000 },
    )
    .toBeDefined()
  if (!found) throw new Error('the entry is gone')
  return found
}

async function answer(conversationId: string, text: string): Promise<Entry> {
  const sent = await hub.api<{ id: string }>('POST', `/conversations/${conversationId}/messages`, { text })
  return await entryWhen((entry) => entry.id === sent.id && entry.status !== 'queued' && entry.status !== 'sending')
}

const sidOf = () => `SM${twilio.asked.filter(({ path, method }) => path === '/Messages.json' && method === 'POST').length}`

test('credentials are tried, and the hook is written beside the number', async () => {
  await hub.api('POST', `/channels/${channel.id}/webhook`)
  expect(twilio.asked.find(({ path }) => path === '/IncomingPhoneNumbers/PN1.json')?.fields.get('SmsUrl')).toBe(channel.hookUrl)
})

test('a forged message is refused; the same one ten times is one message, with its picture', async () => {
  expect((await twilio.hook(channel.hookUrl, written('SMforged'), { token: 'another token' })).status).toBe(401)
  const media = {
    NumMedia: '1',
    MediaUrl0: `${twilio.apiRoot}/2010-04-01/Accounts/${twilio.accountSid}/Messages/SMin/Media/ME1`,
    MediaContentType0: 'image/png',
  }
  const heard = await twilio.hook(channel.hookUrl, written('SMin', media), { times: 10 })
  expect(heard).toMatchObject({ status: 200, body: expect.stringContaining('<Response/>') })
  const entry = await entryWhen((one) => (one.attachments[0]?.size ?? 0) > 0)
  expect(entry).toMatchObject({ text: 'Здравствуйте!', medium: 'sms', direction: 'inbound' })
  const picture = await hub.read(String(entry.attachments[0]?.url).replace('/api/v1', ''))
  expect(await picture.text()).toBe('picture of the client')
  expect(await timeline()).toHaveLength(1)
  expect(twilio.leaks).toEqual([])
})

test('an answer goes out once, and its receipts never go backwards', async () => {
  const { conversationId } = await entryWhen((entry) => entry.direction === 'inbound')
  const sent = await answer(conversationId, 'Добрый день!')
  expect(sent.status).toBe('sent')
  const asked = twilio.asked.filter(({ path, method }) => path === '/Messages.json' && method === 'POST')
  expect(asked.map(({ fields }) => Object.fromEntries(fields))).toEqual([
    { To: client, From: ours, Body: 'Добрый день!', StatusCallback: `${channel.hookUrl}/status` },
  ])
  for (const status of ['delivered', 'sent', 'queued'])
    await twilio.hook(`${channel.hookUrl}/status`, { MessageSid: sidOf(), MessageStatus: status, To: client, From: ours })
  await entryWhen((entry) => entry.id === sent.id && entry.status === 'delivered')
})

test('without a clear answer a person decides: nothing is sent again', async () => {
  const { conversationId } = await entryWhen((entry) => entry.direction === 'inbound')
  const requests = () => twilio.asked.filter(({ method, path }) => method === 'POST' && path === '/Messages.json').length
  const before = requests()
  twilio.behave(({ path }) => (path === '/Messages.json' ? 'cut' : 'ok'))
  expect(await answer(conversationId, 'Дошло?')).toMatchObject({ status: 'unconfirmed' })
  expect(requests()).toBe(before + 1)
})

test('who has opted out is told of as blocked, and a client of WhatsApp outside of 24 hours as a closed window', async () => {
  const { conversationId } = await entryWhen((entry) => entry.direction === 'inbound')
  twilio.behave(() => ({ status: 400, code: 21610 }))
  expect(await answer(conversationId, 'Новости')).toMatchObject({ status: 'failed', error: { code: 'blocked' } })
  twilio.behave(() => 'ok')
  await twilio.hook(channel.hookUrl, written('SMwa', { From: `whatsapp:${client}`, To: `whatsapp:${ours}`, ProfileName: 'Мария', Body: 'А здесь?' }))
  const viaWhatsapp = await entryWhen((entry) => entry.text === 'А здесь?')
  expect(viaWhatsapp).toMatchObject({ medium: 'chat' })
  expect(viaWhatsapp.conversationId).not.toBe(conversationId)
  const closesAt = async (id: string) =>
    (await hub.api<{ window: { closesAt: string } | null }>('GET', `/conversations/${id}/limits`)).window?.closesAt
  expect(await closesAt(conversationId)).toBeUndefined()
  expect(Math.abs(Date.parse((await closesAt(viaWhatsapp.conversationId)) ?? '') - Date.now() - 24 * 3_600_000)).toBeLessThan(3_600_000)
  twilio.behave(() => ({ status: 400, code: 63016 }))
  expect(await answer(viaWhatsapp.conversationId, 'Поздно')).toMatchObject({ status: 'failed', error: { code: 'window_closed' } })
  expect(twilio.asked.at(-1)?.fields.get('To')).toBe(`whatsapp:${client}`)
})

test('outside of 24 hours a template that WhatsApp approved gets through, with its values', async () => {
  const { conversationId } = await entryWhen((entry) => entry.text === 'А здесь?')
  const approved = { allow_category_change: true, category: 'UTILITY', content_type: 'whatsapp/card', rejection_reason: '' }
  const body = 'Здравствуйте, {{1}}! Ваш заказ {{2}} готов.'
  twilio.contents.push(
    {
      sid: 'HX1',
      friendly_name: 'a',
      language: 'ru',
      variables: { 1: 'Мария', 2: '№ 15' },
      types: { 'twilio/text': { body } },
      approval_requests: { ...approved, name: 'order_ready', status: 'approved' },
    },
    {
      sid: 'HX2',
      friendly_name: 'b',
      language: 'ru',
      variables: {},
      types: { 'twilio/text': { body: 'x' } },
      approval_requests: { ...approved, name: 'not_yet', status: 'pending' },
    },
    {
      sid: 'HX3',
      friendly_name: 'c',
      language: 'ru',
      variables: {},
      types: { 'twilio/carousel': {} },
      approval_requests: { ...approved, name: 'carousel', status: 'approved' },
    },
  )
  twilio.behave(() => 'ok')
  const { items } = await hub.api<{ items: { name: string; places: object[] }[] }>('GET', `/channels/${channel.id}/approved-templates`)
  expect(items).toMatchObject([{ name: 'order_ready', places: [{ id: '1', example: 'Мария' }, { id: '2' }] }])
  const template = { name: 'order_ready', language: 'ru', values: { 1: 'Мария', 2: '№ 77' } }
  const sent = await hub.api<{ id: string }>('POST', `/conversations/${conversationId}/messages`, { text: '', template })
  const entry = await entryWhen((one) => one.id === sent.id && one.status === 'sent')
  expect(entry.text).toBe('Здравствуйте, Мария! Ваш заказ № 77 готов.')
  const asked = twilio.asked.at(-1)
  expect([asked?.path, asked?.fields.get('ContentSid'), asked?.fields.get('ContentVariables'), asked?.fields.get('Body')]).toEqual([
    '/Messages.json',
    'HX1',
    JSON.stringify(template.values),
    null,
  ])
})
