import { afterAll, beforeAll, expect, it } from 'vitest'
import { type FakeApi, fakeApi } from '../support/fake-api.ts'
import { instagram } from '../support/messengers/meta.ts'
import { viber } from '../support/messengers/others.ts'
import { newNumber } from '../support/messengers/played.ts'
import type { Vendor } from '../support/messengers/vendor.ts'
import { type RunningHub, startRunningHub } from '../support/running-hub.ts'

// Vendors that take files by an address alone, and the hub that gives them one for a day.

const patient = { timeout: 60_000 }
const content = Buffer.from('%PDF-1.7 the plan')
let hub: RunningHub
let lonely: RunningHub
let api: FakeApi

beforeAll(async () => {
  api = await fakeApi((call) => {
    for (const vendor of [viber, instagram]) {
      const outgoing = vendor.sending(call)
      if (outgoing) return vendor.accepted(newNumber(), outgoing)
    }
    return viber.otherwise(call, '')
  })
  ;[hub, lonely] = await Promise.all([startRunningHub({ PUBLIC_URL: 'https://hub.example.com' }), startRunningHub()])
}, 240_000)
afterAll(async () => {
  await hub?.close()
  await lonely?.close()
  await api?.close()
})

async function conversationOf(at: RunningHub, vendor: Vendor): Promise<string> {
  const { id, hookUrl } = await at.addChannel(vendor.id, vendor.settings(api.url))
  const [hook] = vendor.hooks([{ id: newNumber(), client: newNumber(), text: 'Пришлите план' }])
  await fetch(hookUrl, { method: 'POST', ...hook })
  const list = async () => (await at.api<{ items: { id: string }[] }>('GET', `/conversations?channelId=${id}`)).items
  await expect.poll(async () => (await list()).length, patient).toBe(1)
  return (await list())[0]?.id ?? ''
}

/** Sends a file and gives the address that the vendor was told, on the host of the test. */
async function linkOf(vendor: Vendor, name: string): Promise<string> {
  const before = api.calls.length
  const conversationId = await conversationOf(hub, vendor)
  const file = await hub.upload(name, 'application/pdf', content)
  await hub.api('POST', `/conversations/${conversationId}/messages`, { text: '', attachments: [file] })
  let link = ''
  await expect
    .poll(() => {
      link = /"(https:\/\/hub\.example\.com\/files\/[^"]+)"/.exec(JSON.stringify(api.calls.slice(before).map(({ fields }) => fields)))?.[1] ?? ''
      return link
    }, patient)
    .not.toBe('')
  return link.replace('https://hub.example.com', hub.url)
}

it.each([viber, instagram])('$id gets an address, and whoever has it gets the file, which no browser runs', async (vendor) => {
  const link = await linkOf(vendor, '../../план "дома".PDF')
  expect(link).toMatch(/\/file\.pdf$/)
  const response = await fetch(link)
  expect(Buffer.from(await response.arrayBuffer())).toEqual(content)
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': 'attachment',
    'x-content-type-options': 'nosniff',
    'content-length': String(content.length),
  })
  expect(response.headers.get('set-cookie')).toBeNull()
  expect((await fetch(link, { method: 'HEAD' })).headers.get('content-length')).toBe(String(content.length))
  const part = await fetch(link, { headers: { range: 'bytes=0-3' } })
  expect([part.status, await part.text()]).toEqual([206, '%PDF'])
})

it('an address that was changed, has run out or leads elsewhere gives nothing, and too many tries are stopped', async () => {
  const link = await linkOf(viber, 'plan.pdf')
  const [, , id = '', until = '', signature = '', name = ''] = new URL(link).pathname.split('/')
  const at = (...path: string[]) => `${hub.url}/files/${path.join('/')}`
  const status = async (url: string) => (await fetch(url)).status
  const wrong = [
    at(id, String(Number(until) + 1), signature, name),
    at(id, until, `${signature.slice(0, -1)}A`.replace(signature, 'A'.repeat(signature.length)), name),
    at(
      id.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
      until,
      signature,
      name,
    ),
    at('..%2f..%2fetc', until, signature, 'passwd'),
    at(id, until, signature, '..%2f..%2f..%2fetc%2fpasswd').replace(signature, 'x'),
    at(id, 'NaN', signature, name),
  ]
  expect(new Set(await Promise.all(wrong.map(status)))).toEqual(new Set([404]))
  const statuses = await Promise.all(Array.from({ length: 70 }, () => status(link)))
  expect(new Set(statuses)).toEqual(new Set([200, 429]))
  expect(statuses.filter((one) => one === 200).length).toBeLessThanOrEqual(60)
})

it.each([viber, instagram])('$id: a hub that the internet cannot reach says so before anything is sent', async (vendor) => {
  const before = api.calls.length
  const conversationId = await conversationOf(lonely, vendor)
  const limits = await lonely.api<{ noFiles: { en: string; ru: string } | null }>('GET', `/conversations/${conversationId}/limits`)
  expect(limits.noFiles).toMatchObject({ en: expect.stringContaining('PUBLIC_URL') as string, ru: expect.stringMatching(/интернета/) as string })
  const file = await lonely.upload('plan.pdf', 'application/pdf', content)
  const sending = lonely.api('POST', `/conversations/${conversationId}/messages`, { text: '', attachments: [file] })
  await expect(sending).rejects.toThrow(/422.*"words":/)
  expect(api.calls.slice(before).filter((call) => vendor.sending(call))).toEqual([])
})
