import { afterAll, beforeAll, expect, it } from 'vitest'
import { emptyDatabase } from '../support/database.ts'
import { cuttableDatabase } from '../support/messengers/cut-database.ts'
import { type RunningHub, startRunningHub } from '../support/running-hub.ts'

// What a site's form must survive, over real HTTP.

interface Delivery {
  id: string
  status: string
  repeats: number
  events: { status: string; reason: string | null; entryId: string | null }[]
}

let database: Awaited<ReturnType<typeof emptyDatabase>>
let way: Awaited<ReturnType<typeof cuttableDatabase>>
let hub: RunningHub
beforeAll(async () => {
  database = await emptyDatabase()
  way = await cuttableDatabase(database.url)
  hub = await startRunningHub({ DATABASE_URL: way.url })
}, 240_000)
afterAll(async () => {
  await hub?.close()
  await way?.close()
  await database?.drop()
})

const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) })

async function settled(channelId: string): Promise<Delivery[]> {
  const list = async () => (await hub.api<{ items: Delivery[] }>('GET', `/deliveries?channelId=${channelId}`)).items
  await expect.poll(async () => (await list()).map(({ status }) => status), { timeout: 60_000 }).not.toContain('received')
  return await list()
}

async function entryOf(delivery: Delivery | undefined): Promise<{ text: string; attachments: { name: string; size: number; state: string }[] }> {
  return await hub.api('GET', `/entries/${delivery?.events[0]?.entryId}`)
}

it('of fifty requests in one the broken one parks alone', async () => {
  const { id, hookUrl } = await hub.addChannel('form', {})
  const batch = Array.from({ length: 50 }, (_, n) => (n === 17 ? 'broken' : { name: `Клиент ${n}`, phone: `+7916${String(2_000_000 + n)}` }))
  expect((await post(hookUrl, batch)).status).toBe(200)
  const [delivery] = await settled(id)
  expect(delivery?.status).toBe('parked')
  expect(delivery?.events.filter(({ status }) => status === 'applied')).toHaveLength(49)
  expect(delivery?.events.filter(({ status }) => status === 'parked')).toMatchObject([{ reason: 'an item of the list is not an object' }])
})

it('the same request ten times at once is one entry, counted ten times', async () => {
  const { id, hookUrl } = await hub.addChannel('form', {})
  const body = { name: 'Раз', phone: '+7 916 300-00-01', submission_id: 'same-submission-0001' }
  const answers = await Promise.all(Array.from({ length: 10 }, () => post(hookUrl, body)))
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200))
  const deliveries = await settled(id)
  expect(deliveries.flatMap(({ events }) => events.filter(({ entryId }) => entryId !== null))).toHaveLength(1)
  expect(deliveries.reduce((sum, { repeats }) => sum + 1 + repeats, 0)).toBe(10)
})

it('100 kB of emoji and text from right to left stand on the card as they were written', async () => {
  const { id, hookUrl } = await hub.addChannel('form', {})
  const emoji = '👩‍👩‍👧‍👦🧯'.repeat(3500)
  const rightToLeft = 'שלום עולם, مرحبا — +7 916 300-00-02'
  await post(hookUrl, { name: 'א', phone: '+7 916 300-00-02', message: `${emoji}\n${rightToLeft}` })
  const [delivery] = await settled(id)
  expect(Buffer.byteLength(emoji)).toBeGreaterThan(100_000)
  expect((await entryOf(delivery)).text).toBe(`${emoji}\n${rightToLeft}`)
})

it('files inside of JSON are kept with the entry', async () => {
  const { id, hookUrl } = await hub.addChannel('form', {})
  await post(hookUrl, {
    phone: '+7 916 300-00-03',
    plan: { name: 'план.pdf', type: 'application/pdf', content: Buffer.from('%PDF-1.4').toString('base64') },
  })
  const [delivery] = await settled(id)
  expect((await entryOf(delivery)).attachments).toMatchObject([{ name: 'план.pdf', size: 8, state: 'ready' }])
})

it('while the database is away a request hears 503 and is asked to come again; sent again it is there, once', { timeout: 240_000 }, async () => {
  const { id, hookUrl } = await hub.addChannel('form', {})
  const send = () => post(hookUrl, { name: 'Терпеливый', phone: '+7 916 300-00-04', submission_id: 'patient-submission-01' })
  way.cut()
  const refused = await send()
  expect([refused.status, refused.headers.has('retry-after')]).toEqual([503, true])
  way.mend()
  await expect.poll(async () => (await send()).status, { timeout: 60_000, interval: 300 }).toBe(200)
  const deliveries = await settled(id)
  expect(deliveries.flatMap(({ events }) => events.filter(({ entryId }) => entryId !== null))).toHaveLength(1)
})
