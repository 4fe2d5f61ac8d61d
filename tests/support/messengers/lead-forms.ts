import { type HookCall, hmac, json, said, type Vendor } from './vendor.ts'

const secrets = { appSecret: 'the app secret', verifyToken: 'the verify token', accessToken: 'EAAG-token' }

function signed(body: object): HookCall {
  const raw = JSON.stringify(body)
  return { headers: { ...json, 'x-hub-signature-256': `sha256=${hmac(secrets.appSecret, raw)}` }, body: raw }
}

/** Lead ads: a webhook names leads, each is then asked for. Nothing can be sent back. */
export const facebookLeads: Vendor = {
  id: 'facebook-leads',
  settings: (root) => ({ ...secrets, pageId: '3003', apiRoot: root }),
  hooks: (items) => [
    signed({
      object: 'page',
      entry: [
        {
          id: '3003',
          time: 1,
          changes: items.map(({ id, isBroken }) => ({
            field: 'leadgen',
            value: isBroken ? { form_id: '77' } : { leadgen_id: String(id), form_id: '77' },
          })),
        },
      ],
    }),
  ],
  sending: () => undefined,
  accepted: () => said({}),
  refused: {},
  otherwise({ path }) {
    const [, id] = /^\/v24\.0\/(7\d{5,})$/.exec(path) ?? []
    if (id === undefined) return said({ data: [], name: 'Заявка на замер' })
    const phone = `+7916${id.slice(-7).padStart(7, '0')}`
    const field_data = [
      { name: 'full_name', values: [`Клиент ${id}`] },
      { name: 'phone_number', values: [phone] },
    ]
    return said({ id, created_time: '2026-11-22T09:00:00+0000', form_id: '77', platform: 'fb', field_data })
  },
  echoes: false,
  hasWindow: false,
}
