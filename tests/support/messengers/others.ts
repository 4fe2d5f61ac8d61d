import type { ApiAnswer } from '../fake-api.ts'
import { hmac, jpeg, json, type Said, said, type Vendor } from './vendor.ts'

const viberToken = 'viber-app-key'

function viberHook(event: object, token: number) {
  // Tokens have 64 bits: they are written as digits, never as a number of JavaScript's.
  const body = JSON.stringify(event).replace('"TOKEN"', String(5_741_311_803_571_000_000n + BigInt(token)))
  return { headers: { ...json, 'x-viber-content-signature': hmac(viberToken, body) }, body }
}

export const viber: Vendor = {
  id: 'viber',
  settings: (root) => ({ token: viberToken, apiRoot: root }),
  hooks: (items) =>
    items.map(({ id, client, text, media, at = Date.now(), isBroken }) => {
      const sender = isBroken ? {} : { sender: { id: `viber-${client}=`, name: `Клиент ${client}`, language: 'uk' } }
      const message = media ? { type: 'picture', text, media } : { type: 'text', text }
      return viberHook({ event: 'message', timestamp: at, message_token: 'TOKEN', ...sender, message }, id)
    }),
  sending({ path, fields }) {
    if (path !== '/pa/send_message') return undefined
    const { Buttons } = (fields.keyboard ?? {}) as { Buttons?: { ActionBody: string }[] }
    const client = Number(String(fields.receiver).replace(/\D/g, ''))
    return { client, text: String(fields.text ?? ''), ...(Buttons && { buttons: Buttons.map(({ ActionBody }) => ActionBody) }) }
  },
  accepted: (id) => said(`{"status":0,"status_message":"ok","message_token":${5_741_311_803_571_000_000n + BigInt(id)}}`, 200, json),
  seen: {
    upTo: false,
    hook: (client, id) => viberHook({ event: 'seen', timestamp: Date.now(), message_token: 'TOKEN', user_id: `viber-${client}=` }, id),
  },
  refused: {
    revoked: said({ status: 2, status_message: 'invalidAuthToken' }),
    busy: said({}, 429, { 'retry-after': '1' }),
    blocked: said({ status: 6, status_message: 'receiverNotSubscribed' }),
  },
  otherwise: ({ path }) => (path === '/good.jpg' ? jpeg : path === '/dead.jpg' ? said({}, 404) : said({ status: 0, status_message: 'ok' })),
  media: (root) => ({ good: `${root}/good.jpg`, dead: `${root}/dead.jpg` }),
  echoes: false,
  hasWindow: false,
  blocked: (client) => viberHook({ event: 'unsubscribed', timestamp: Date.now(), message_token: 'TOKEN', user_id: `viber-${client}=` }, client),
}

const group = 1234
const vkError = (code: number): ApiAnswer => said({ error: { error_code: code, error_msg: 'refused' } })

function vkHook(type: string, eventId: string, object: object) {
  const body = JSON.stringify({ type, group_id: group, event_id: eventId, v: '5.199', secret: 'the-secret-key', object })
  return { headers: json, body }
}

export const vk: Vendor = {
  id: 'vk',
  settings: (root) => ({
    token: 'vk1.a.token',
    groupId: String(group),
    mode: 'webhook',
    secretKey: 'the-secret-key',
    confirmation: 'c0de',
    apiRoot: root,
  }),
  hooks: (items) =>
    items.map(({ id, client, text, media, at = Date.now(), isOurs, isBroken }) => {
      const photo = { type: 'photo', photo: { sizes: [{ url: media, width: 9, height: 9 }] } }
      const message = {
        id,
        date: Math.floor(at / 1000),
        peer_id: client,
        ...(!isBroken && { from_id: isOurs ? -group : client }),
        text,
        conversation_message_id: id,
        out: isOurs ? 1 : 0,
        attachments: media ? [photo] : [],
      }
      return vkHook(isOurs ? 'message_reply' : 'message_new', `event-${id}-${isOurs ? 'out' : 'in'}`, isOurs ? message : { message })
    }),
  sending({ path, fields }) {
    if (path !== '/messages.send') return undefined
    const keyboard =
      fields.keyboard === undefined ? undefined : (JSON.parse(String(fields.keyboard)) as { buttons: { action: { label: string } }[][] })
    const buttons = keyboard?.buttons.flat().map(({ action }) => action.label)
    return { client: Number(fields.peer_ids ?? fields.peer_id), text: String(fields.message ?? ''), ...(buttons && { buttons }) }
  },
  accepted: (id, { client }) => said({ response: [{ peer_id: client, message_id: id, conversation_message_id: id }] }),
  refused: { revoked: vkError(5), busy: vkError(6), window: vkError(950), blocked: vkError(901) },
  otherwise({ path }) {
    if (path === '/good.jpg') return jpeg
    if (path === '/dead.jpg') return said({}, 404)
    return said({ response: path.endsWith('getConversations') || path.endsWith('Servers') ? { items: [] } : 1 })
  },
  media: (root) => ({ good: `${root}/good.jpg`, dead: `${root}/dead.jpg` }),
  echoes: true,
  hasWindow: false,
  seen: {
    upTo: true,
    hook: (client, id) =>
      vkHook('message_read', `read-${id}`, { from_id: client, peer_id: client, read_message_id: id, conversation_message_id: id }),
  },
  blocked: (client) => vkHook('message_deny', `deny-${client}`, { user_id: client }),
}

const bot = { user_id: 202, first_name: 'Бот', is_bot: true }
const maxHook = (body: object) => ({ headers: { ...json, 'x-max-bot-api-secret': 'the-webhook-secret' }, body: JSON.stringify(body) })

export const max: Vendor = {
  id: 'max',
  settings: (root) => ({ token: 'max-token', mode: 'webhook', webhookSecret: 'the-webhook-secret', apiRoot: root }),
  hooks: (items) =>
    items.map(({ id, client, text, media, at = Date.now(), isOurs, isBroken }) => {
      const user = { user_id: client, first_name: 'Клиент', last_name: String(client), is_bot: false }
      const recipient = isBroken ? undefined : { chat_id: client, chat_type: 'dialog', user_id: isOurs ? client : bot.user_id }
      const attachments = media ? [{ type: 'image', payload: { url: media } }] : []
      const message = { sender: isOurs ? bot : user, recipient, timestamp: at, body: { mid: `mid.${id}`, seq: id, text, attachments } }
      return maxHook({ update_type: 'message_created', timestamp: at, user_locale: 'ru', message })
    }),
  sending({ path, method, query, fields }) {
    if (path !== '/messages' || method !== 'POST') return undefined
    const [keyboard] = (fields.attachments ?? []) as { payload: { buttons?: { text: string }[][] } }[]
    const buttons = keyboard?.payload.buttons?.flat().map(({ text }) => text)
    return { client: Number(query.user_id), text: String(fields.text ?? ''), ...(buttons && { buttons }) }
  },
  accepted: (id) => said({ message: { body: { mid: `mid.${id}` } } }),
  refused: {
    revoked: said({ code: 'verify.token', message: 'Invalid access token' }, 401),
    busy: said({ code: 'too.many.requests', message: 'wait' }, 429, { 'retry-after': '1' }),
    blocked: said({ code: 'chat.denied', message: 'denied' }, 403),
  },
  otherwise: ({ path }) => (path === '/good.jpg' ? jpeg : path === '/dead.jpg' ? said({}, 404) : said({ success: true, subscriptions: [] })),
  media: (root) => ({ good: `${root}/good.jpg`, dead: `${root}/dead.jpg` }),
  echoes: true,
  hasWindow: false,
  blocked: (client) =>
    maxHook({
      update_type: 'bot_stopped',
      timestamp: Date.now(),
      chat_id: client,
      user: { user_id: client, first_name: 'Клиент', last_name: String(client), is_bot: false },
    }),
}

const account = 5001

function avitoHook({ id, client, text, media, at = Date.now(), isOurs, isBroken }: Said) {
  const value = {
    id: `m-${id}`,
    ...(!isBroken && { chat_id: `u2i-${client}` }),
    user_id: account,
    author_id: isOurs ? account : client,
    created: Math.floor(at / 1000),
    type: media ? 'image' : 'text',
    chat_type: 'u2i',
    content: media ? { image: { sizes: { '1280x960': media } } } : { text },
  }
  return { headers: json, body: JSON.stringify({ id: `wh-${id}`, version: 'v3.0.0', timestamp: value.created, payload: { type: 'message', value } }) }
}

export const avito: Vendor = {
  id: 'avito',
  settings: (root) => ({ clientId: 'id', clientSecret: 'secret', apiRoot: root }),
  hooks: (items) => items.map(avitoHook),
  sending({ path, fields }) {
    const [, client] = /\/chats\/u2i-(\d+)\/messages$/.exec(path) ?? []
    return client === undefined ? undefined : { client: Number(client), text: (fields.message as { text: string }).text }
  },
  accepted: (id) => said({ id: `m-${id}`, created: 1, direction: 'out', type: 'text' }),
  refused: {
    revoked: said({ error: { message: 'no access' } }, 403),
    busy: said({}, 429, { 'retry-after': '1' }),
  },
  otherwise({ path }) {
    if (path === '/good.jpg') return jpeg
    if (path === '/dead.jpg') return said({}, 404)
    if (path === '/token') return said({ access_token: 'token', expires_in: 86_400, token_type: 'Bearer' })
    return path === '/core/v1/accounts/self' ? said({ id: account, name: 'Магазин' }) : said({ ok: true, chats: [], messages: [] })
  },
  media: (root) => ({ good: `${root}/good.jpg`, dead: `${root}/dead.jpg` }),
  echoes: true,
  hasWindow: false,
}
