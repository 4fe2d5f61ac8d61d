import type { ApiAnswer, ApiCall } from '../fake-api.ts'
import { type HookCall, hmac, jpeg, json, type Outgoing, type Said, said, type Vendor } from './vendor.ts'

const secrets = { appSecret: 'the app secret', verifyToken: 'the verify token', accessToken: 'EAAG-token' }

function signed(body: object): HookCall {
  const raw = JSON.stringify(body)
  return { headers: { ...json, 'x-hub-signature-256': `sha256=${hmac(secrets.appSecret, raw)}` }, body: raw }
}

const refusal = (status: number, code: number, subcode?: number, headers: Record<string, string> = {}): ApiAnswer =>
  said({ error: { code, message: 'refused', ...(subcode !== undefined && { error_subcode: subcode }) } }, status, headers)

const refused = {
  revoked: refusal(401, 190),
  busy: refusal(429, 4, undefined, { 'retry-after': '1' }),
}

const seconds = ({ at = Date.now() }: Said) => String(Math.floor(at / 1000))

function whatsappItem(one: Said): object {
  const who = one.isOurs ? { to: String(one.client) } : { from: String(one.client), from_user_id: `RU.${one.client}` }
  const content = one.media
    ? { type: 'image', image: { id: one.media, mime_type: 'image/jpeg', caption: one.text } }
    : { type: 'text', text: { body: one.isBroken ? { broken: true } : one.text } }
  return { id: `wamid.${one.id}`, timestamp: seconds(one), ...who, ...content }
}

export const whatsapp: Vendor = {
  id: 'whatsapp',
  settings: (root) => ({ ...secrets, phoneNumberId: '1001', businessAccountId: '2002', apiRoot: root }),
  hooks(items) {
    const metadata = { display_phone_number: '74950000000', phone_number_id: '1001' }
    const contacts = [...new Set(items.map(({ client }) => client))].map((client) => ({
      profile: { name: `Клиент ${client}` },
      wa_id: String(client),
      user_id: `RU.${client}`,
    }))
    const of = (field: string, name: string, some: Said[]) =>
      some.length === 0 ? [] : [{ field, value: { metadata, contacts, [name]: some.map(whatsappItem) } }]
    const changes = [
      ...of(
        'messages',
        'messages',
        items.filter(({ isOurs }) => !isOurs),
      ),
      ...of(
        'smb_message_echoes',
        'message_echoes',
        items.filter(({ isOurs }) => isOurs),
      ),
    ]
    return [signed({ object: 'whatsapp_business_account', entry: [{ id: '2002', changes }] })]
  },
  sending({ path, fields }) {
    if (path !== '/v24.0/1001/messages') return undefined
    const { body = '' } = (fields.text ?? {}) as { body?: string }
    const client = Number(String(fields.to ?? fields.recipient).replace(/\D/g, ''))
    if (fields.type !== 'interactive') return { client, text: body, ownKey: String(fields.biz_opaque_callback_data) }
    const { body: above, action } = fields.interactive as { body: { text: string }; action: { buttons: { reply: { title: string } }[] } }
    return { client, text: above.text, buttons: action.buttons.map(({ reply }) => reply.title) }
  },
  accepted: (id) => said({ messages: [{ id: `wamid.${id}` }] }),
  refused: { ...refused, window: refusal(400, 131047), blocked: refusal(400, 131050) },
  otherwise({ path }, root) {
    if (path === '/v24.0/9001') return said({ url: `${root}/good.jpg`, mime_type: 'image/jpeg' })
    if (path === '/v24.0/9002') return said({ url: `${root}/dead.jpg`, mime_type: 'image/jpeg' })
    return path === '/good.jpg' ? jpeg : path === '/dead.jpg' ? said({}, 404) : said({})
  },
  media: () => ({ good: '9001', dead: '9002' }),
  echoes: true,
  hasWindow: true,
  showsKey: 'receipt',
  seen: {
    upTo: false,
    hook(client, id, ownKey) {
      const metadata = { display_phone_number: '74950000000', phone_number_id: '1001' }
      const statuses = [
        {
          id: `wamid.${id}`,
          status: 'read',
          timestamp: String(Math.floor(Date.now() / 1000)),
          recipient_id: String(client),
          biz_opaque_callback_data: ownKey,
        },
      ]
      return signed({ object: 'whatsapp_business_account', entry: [{ id: '2002', changes: [{ field: 'messages', value: { metadata, statuses } }] }] })
    },
  },
}

function talks(id: 'messenger' | 'instagram', ourId: string, window: number): Vendor {
  const item = (one: Said) => {
    const [sender, recipient] = one.isOurs ? [ourId, String(one.client)] : [String(one.client), ourId]
    const attachments = one.media ? { attachments: [{ type: 'image', payload: { url: one.media } }] } : {}
    const message = {
      mid: one.isBroken ? { broken: true } : `m_${one.id}`,
      text: one.text,
      ...attachments,
      ...(one.isOurs && { is_echo: true, metadata: one.ownKey }),
    }
    return { sender: { id: sender }, recipient: { id: recipient }, timestamp: one.at ?? Date.now(), message }
  }
  return {
    id,
    settings: (root) => ({ ...secrets, [id === 'messenger' ? 'pageId' : 'accountId']: ourId, apiRoot: root }),
    hooks: (items) => [
      signed({ object: id === 'messenger' ? 'page' : 'instagram', entry: [{ id: ourId, time: Date.now(), messaging: items.map(item) }] }),
    ],
    sending: sendingTalk,
    accepted: (number, { client }) => said({ recipient_id: String(client), message_id: `m_${number}` }),
    refused: { ...refused, window: refusal(400, 10, window), blocked: refusal(400, 551) },
    otherwise({ path }) {
      const [, person] = /^\/v24\.0\/(\d+)$/.exec(path) ?? []
      if (person !== undefined) return said({ id: person, name: `Клиент ${person}` })
      return path === '/good.jpg' ? jpeg : path === '/dead.jpg' ? said({}, 404) : said({})
    },
    media: (root) => ({ good: `${root}/good.jpg`, dead: `${root}/dead.jpg` }),
    echoes: true,
    hasWindow: true,
    showsKey: 'echo',
    seen: {
      upTo: true,
      hook(client, number) {
        const at = Date.now()
        const read = id === 'messenger' ? { watermark: at } : { mid: `m_${number}` }
        const messaging = [{ sender: { id: String(client) }, recipient: { id: ourId }, timestamp: at, read }]
        return signed({ object: id === 'messenger' ? 'page' : 'instagram', entry: [{ id: ourId, time: at, messaging }] })
      },
    },
  }
}

function sendingTalk({ path, fields }: ApiCall): Outgoing | undefined {
  if (path !== '/v24.0/me/messages') return undefined
  const {
    text = '',
    quick_replies: quick,
    metadata = '',
  } = fields.message as { text?: string; quick_replies?: { title: string }[]; metadata?: string }
  const client = Number((fields.recipient as { id: string }).id)
  return { client, text, ownKey: metadata, ...(quick && { buttons: quick.map(({ title }) => title) }) }
}

export const messenger = talks('messenger', '3003', 2018278)
export const instagram = talks('instagram', '4004', 2534022)
