import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type ApiAnswer, type ApiCall, type FakeApi, fakeApi } from '../support/fake-api.ts'
import { facebookLeads } from '../support/messengers/lead-forms.ts'
import { instagram, messenger, whatsapp } from '../support/messengers/meta.ts'
import { avito, max, viber, vk } from '../support/messengers/others.ts'
import { hmac, said, type Vendor } from '../support/messengers/vendor.ts'
import { type RunningHub, startRunningHub } from '../support/running-hub.ts'

// Each vendor is told the address of the hook, asks it in its own way, and says no when the answer is not what it wants.

const cyrillic = /[а-яё]/i
let hub: RunningHub
let api: FakeApi
/** What the vendor made of the address it was given. */
let registered: { url: string; isConfirmed: boolean }[] = []
let refusal: ApiAnswer | undefined
let code = 'first'

beforeAll(async () => {
  api = await fakeApi(answer)
  hub = await startRunningHub()
}, 240_000)
afterAll(async () => {
  await hub?.close()
  await api?.close()
})
beforeEach(() => {
  registered = []
  refusal = undefined
})

/** The address as the vendor would reach it: the test's hub says another host. */
const reachable = (url: unknown) => `${hub.url}${new URL(String(url)).pathname}`

async function register(url: unknown, ask: (at: string) => Promise<boolean>): Promise<boolean> {
  const isConfirmed = await ask(reachable(url)).catch(() => false)
  registered.push({ url: String(url), isConfirmed })
  return isConfirmed
}

async function shakenByMeta(url: unknown, verifyToken: unknown): Promise<ApiAnswer> {
  const challenge = String(Math.random()).slice(2)
  const isRight = await register(url, async (at) => {
    const query = new URLSearchParams({ 'hub.mode': 'subscribe', 'hub.verify_token': String(verifyToken), 'hub.challenge': challenge })
    return (await (await fetch(`${at}?${query}`)).text()) === challenge
  })
  return isRight ? said({ success: true }) : said({ error: { code: 2200, message: 'Callback verification failed' } }, 400)
}

async function answer({ path, fields, method }: ApiCall): Promise<ApiAnswer> {
  if (refusal) return refusal
  const { webhook_configuration: override } = fields as { webhook_configuration?: { override_callback_uri: string; verify_token: string } }
  if (override) return await shakenByMeta(override.override_callback_uri, override.verify_token)
  if (path.endsWith('/subscriptions') && fields.callback_url !== undefined) return await shakenByMeta(fields.callback_url, fields.verify_token)
  if (path === '/pa/set_webhook') {
    const body = JSON.stringify({ event: 'webhook', timestamp: 1, message_token: 2 })
    const headers = { 'x-viber-content-signature': hmac('viber-app-key', body) }
    const isHeard = await register(fields.url, async (at) => (await fetch(at, { method: 'POST', headers, body })).status === 200)
    return isHeard ? said({ status: 0, status_message: 'ok' }) : said({ status: 1, status_message: 'invalidUrl' })
  }
  if (path === '/messenger/v3/webhook') {
    const isHeard = await register(
      fields.url,
      async (at) => (await fetch(at, { method: 'POST', body: '{}', signal: AbortSignal.timeout(30_000) })).ok,
    )
    return said({ ok: isHeard })
  }
  if (path === '/subscriptions' && method === 'POST') {
    registered.push({ url: String(fields.url), isConfirmed: true })
    return said({ success: true })
  }
  return path.startsWith('/groups.') ? await answerAsVk(path, fields) : vkOrNothing(path)
}

/** VK names a new string whenever a server is added, and asks for it at once. */
async function answerAsVk(path: string, fields: ApiCall['fields']): Promise<ApiAnswer> {
  const response = (value: unknown) => said({ response: value })
  if (path === '/groups.getCallbackConfirmationCode') return response({ code })
  if (path === '/groups.getCallbackServers') return response({ items: [] })
  if (path !== '/groups.addCallbackServer') return response(1)
  const asked = code
  await register(fields.url, async (at) => {
    const shown = await fetch(at, { method: 'POST', body: JSON.stringify({ type: 'confirmation', group_id: 1234 }) })
    return (await shown.text()) === asked
  })
  return response({ server_id: 7 })
}

const vkOrNothing = (path: string): ApiAnswer =>
  path === '/token' ? said({ access_token: 't', expires_in: 86_400 }) : said({ subscriptions: [], chats: [], messages: [], response: { items: [] } })

/** With the ID of the app the hub registers its own address. */
const withApp = new Set(['messenger', 'instagram', 'facebook-leads'])
const settingsOf = (vendor: Vendor) => ({ ...vendor.settings(api.url), ...(withApp.has(vendor.id) && { appId: '55' }) })
const vendors = [whatsapp, messenger, instagram, facebookLeads, viber, vk, max, avito]

it.each(vendors)('$id: the hook is registered, and answers what the vendor asks it meanwhile', async (vendor) => {
  const { id, hookUrl } = await hub.addChannel(vendor.id, settingsOf(vendor))
  await hub.api('POST', `/channels/${id}/webhook`)
  const { pathname } = new URL(hookUrl)
  const asked = registered.filter(({ url }) => new URL(url).pathname === pathname)
  expect(new Set(asked.map(({ isConfirmed }) => isConfirmed))).toEqual(new Set([true]))
})

it('vk: a string that changed meanwhile is kept, and the next question gets it', async () => {
  code = 'second'
  const { id, hookUrl } = await hub.addChannel('vk', vk.settings(api.url))
  await hub.api('POST', `/channels/${id}/webhook`)
  const shown = await fetch(hookUrl, { method: 'POST', body: JSON.stringify({ type: 'confirmation', group_id: 1234 }) })
  expect(await shown.text()).toBe('second')
})

/** How each says that the credentials are not what they were. */
const refusals: Record<string, ApiAnswer> = {
  viber: said({ status: 2, status_message: 'invalidAuthToken' }),
  vk: said({ error: { error_code: 5, error_msg: 'no' } }),
  max: said({ code: 'verify.token', message: 'no' }, 401),
  avito: said({ error: 'invalid_client' }),
}

it.each(vendors)('$id: a refusal is told in both languages, by the set-up and by the check, which calls for a person', async (vendor) => {
  const { id } = await hub.addChannel(vendor.id, settingsOf(vendor))
  refusal = refusals[vendor.id] ?? said({ error: { code: 190, message: 'no' } }, 401)
  const told = await hub.api('POST', `/channels/${id}/webhook`).catch((error: unknown) => String(error))
  expect(told).toMatch(/422.*"code":"check_failed"/)
  const { words } = JSON.parse(String(told).slice(String(told).indexOf('{'))) as { words: { en: string; ru: string } }
  expect([cyrillic.test(words.ru), cyrillic.test(words.en)]).toEqual([true, false])
  const check = await hub.api<{ ok: boolean; code: string; words: { ru: string } }>('POST', `/channels/${id}/check`)
  expect(check).toMatchObject({ ok: false, code: 'auth_failed', words: { ru: expect.stringMatching(cyrillic) as string } })
  const channel = await hub.api<{ state: string; stateDetail: { ru: string } | null }>('GET', `/channels/${id}`)
  expect(channel).toMatchObject({ state: 'attention', stateDetail: { ru: expect.stringMatching(cyrillic) as string } })
})

it.each([whatsapp, messenger])('$id: an address that does not answer as Meta wants is told as such', async (vendor) => {
  const { id } = await hub.addChannel(vendor.id, settingsOf(vendor))
  refusal = said({ error: { code: 2200, message: 'Callback verification failed' } }, 400)
  await expect(hub.api('POST', `/channels/${id}/webhook`)).rejects.toThrow(/verify token/)
})
