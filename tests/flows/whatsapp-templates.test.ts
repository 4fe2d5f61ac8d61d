import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type ApiCall, type FakeApi, fakeApi } from '../support/fake-api.ts'
import { whatsapp } from '../support/messengers/meta.ts'
import { newNumber } from '../support/messengers/played.ts'
import { said } from '../support/messengers/vendor.ts'
import { type RunningHub, startRunningHub } from '../support/running-hub.ts'

// The window is closed: what Meta has approved is listed, filled in, and gets through.

const template = (name: string, components: object[], more: object = {}) => ({
  name,
  language: 'ru',
  status: 'APPROVED',
  category: 'UTILITY',
  components,
  ...more,
})
const ready = template('order_ready', [
  { type: 'HEADER', format: 'TEXT', text: 'Заказ {{1}}', example: { header_text: ['А-17'] } },
  { type: 'BODY', text: 'Здравствуйте, {{1}}! С вас {{2}} ₽.', example: { body_text: [['Анна', '12 345']] } },
  { type: 'FOOTER', text: 'Контур Окна' },
  {
    type: 'BUTTONS',
    buttons: [
      { type: 'QUICK_REPLY', text: 'Спасибо' },
      { type: 'URL', text: 'Где заказ', url: 'https://a.ru/{{1}}', example: ['https://a.ru/17'] },
    ],
  },
])
const pages: Record<string, object[]> = {
  first: [
    ready,
    template('draft', [{ type: 'BODY', text: 'x' }], { status: 'PENDING' }),
    template('code', [{ type: 'BODY', text: '{{1}}' }], { category: 'AUTHENTICATION' }),
    template('shop', [
      { type: 'BODY', text: 'x' },
      { type: 'BUTTONS', buttons: [{ type: 'CATALOG', text: 'x' }] },
    ]),
    template('map', [
      { type: 'HEADER', format: 'LOCATION' },
      { type: 'BODY', text: 'x' },
    ]),
    { broken: true },
  ],
  second: [
    template('act', [
      { type: 'HEADER', format: 'DOCUMENT' },
      { type: 'BODY', text: 'Акт для {{client_name}}', example: { body_text_named_params: [{ param_name: 'client_name', example: 'Анна' }] } },
    ]),
  ],
}

let api: FakeApi
let hub: RunningHub
let channelId: string
let conversationId: string
let isDown = false

beforeAll(async () => {
  api = await fakeApi(answer)
  hub = await startRunningHub()
  const channel = await hub.addChannel('whatsapp', whatsapp.settings(api.url))
  channelId = channel.id
  const [hook] = whatsapp.hooks([{ id: newNumber(), client: 79_990_001_122, text: 'Когда?', at: Date.now() - 30 * 3_600_000 }])
  await fetch(channel.hookUrl, { method: 'POST', ...hook })
  const list = async () => (await hub.api<{ items: { id: string }[] }>('GET', `/conversations?channelId=${channelId}`)).items
  await vi.waitUntil(async () => (await list()).length === 1, { timeout: 60_000 })
  conversationId = (await list())[0]?.id ?? ''
}, 240_000)
afterAll(async () => {
  await hub?.close()
  await api?.close()
})

function answer(call: ApiCall) {
  const outgoing = whatsapp.sending(call)
  if (outgoing) return whatsapp.accepted(newNumber(), outgoing)
  if (call.path === '/v24.0/1001/media') return said({ id: '88' })
  if (call.path !== '/v24.0/2002/message_templates') return said({})
  if (isDown) return said({ error: { code: 2, message: 'out of order' } }, 500)
  const isSecond = call.query.after === 'next'
  return said({ data: pages[isSecond ? 'second' : 'first'], paging: isSecond ? {} : { cursors: { after: 'next' }, next: 'https://x' } })
}

const asked = () => api.to('/v24.0/2002/message_templates').length
const list = (query = '') => hub.api<{ items: { name: string }[] }>('GET', `/channels/${channelId}/approved-templates${query}`)
const write = (body: object) => hub.api<{ id: string; text: string }>('POST', `/conversations/${conversationId}/messages`, { text: '', ...body })
const values = { 'header.1': 'А-17', 'body.1': 'Анна', 'body.2': '12 345', 'button.1': '17' }

it('all pages are read, what cannot be sent from here is left out, and the list is kept until somebody asks anew', async () => {
  const { items } = await list()
  expect(items).toEqual([
    {
      name: 'act',
      language: 'ru',
      category: 'UTILITY',
      body: 'Акт для {{body.client_name}}',
      buttons: [],
      places: [{ id: 'body.client_name', example: 'Анна' }],
      file: 'document',
    },
    {
      name: 'order_ready',
      language: 'ru',
      category: 'UTILITY',
      header: 'Заказ {{header.1}}',
      body: 'Здравствуйте, {{body.1}}! С вас {{body.2}} ₽.',
      footer: 'Контур Окна',
      buttons: ['Спасибо', 'Где заказ'],
      places: [
        { id: 'header.1', example: 'А-17' },
        { id: 'body.1', example: 'Анна' },
        { id: 'body.2', example: '12 345' },
        { id: 'button.1', example: 'https://a.ru/17' },
      ],
    },
  ])
  expect(asked()).toBe(2)
  await list()
  expect(asked()).toBe(2)
  await list('?fresh=true')
  expect(asked()).toBe(4)
})

it('free words are refused, the template goes, and the timeline reads as the client does', async () => {
  await expect(write({ text: 'Ваш заказ готов' })).rejects.toThrow(/"refused":"window_closed"/)
  const entry = await write({ template: { name: 'order_ready', language: 'ru', values } })
  expect(entry.text).toBe('Заказ А-17\n\nЗдравствуйте, Анна! С вас 12 345 ₽.\n\nКонтур Окна')
  await expect.poll(() => api.to('/v24.0/1001/messages').length, { timeout: 60_000 }).toBe(1)
  expect(api.to('/v24.0/1001/messages')[0]?.fields).toMatchObject({
    recipient: 'RU.79990001122',
    type: 'template',
    template: {
      name: 'order_ready',
      language: { code: 'ru' },
      components: [
        { type: 'header', parameters: [{ type: 'text', text: 'А-17' }] },
        {
          type: 'body',
          parameters: [
            { type: 'text', text: 'Анна' },
            { type: 'text', text: '12 345' },
          ],
        },
        { type: 'button', sub_type: 'url', index: '1', parameters: [{ type: 'text', text: '17' }] },
      ],
    },
  })
})

it('a template with a file takes it in its header, its places by their names', async () => {
  const file = await hub.upload('акт.pdf', 'application/pdf', Buffer.from('%PDF'))
  await write({ template: { name: 'act', language: 'ru', values: { 'body.client_name': 'Анна' } }, attachments: [file] })
  await expect.poll(() => api.to('/v24.0/1001/messages').length, { timeout: 60_000 }).toBe(2)
  expect(api.to('/v24.0/1001/messages')[1]?.fields.template).toMatchObject({
    components: [
      { type: 'header', parameters: [{ type: 'document', document: { id: '88' } }] },
      { type: 'body', parameters: [{ type: 'text', parameter_name: 'client_name', text: 'Анна' }] },
    ],
  })
})

it('one for later reads as the client will read it, and leaves at its time', async () => {
  const template = { name: 'order_ready', language: 'ru', values }
  const sendAt = new Date(Date.now() + 1_000).toISOString()
  const waiting = await hub.api<{ text: string }>('POST', `/conversations/${conversationId}/scheduled`, { text: '', template, sendAt })
  expect(waiting.text).toContain('Здравствуйте, Анна!')
  await expect.poll(() => api.to('/v24.0/1001/messages').length).toBe(3)
  expect(api.to('/v24.0/1001/messages')[2]?.fields).toMatchObject({ type: 'template', template: { name: 'order_ready' } })
})

it('one that is unknown, or not filled in, is refused; Meta out of order is told in words', async () => {
  await expect(write({ template: { name: 'nothing', language: 'ru', values: {} } })).rejects.toThrow(/400.*no such approved template/)
  await expect(write({ template: { name: 'order_ready', language: 'ru', values: { ...values, 'body.2': ' ' } } })).rejects.toThrow(/400.*body\.2/)
  isDown = true
  await expect(list('?fresh=true')).rejects.toThrow(/503.*"words":.*Meta временно не работает/)
})
