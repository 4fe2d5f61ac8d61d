import { afterAll, beforeAll, expect, it } from 'vitest'
import { emptyDatabase } from '../support/database.ts'
import { cuttableDatabase } from '../support/messengers/cut-database.ts'
import { facebookLeads } from '../support/messengers/lead-forms.ts'
import { instagram, messenger, whatsapp } from '../support/messengers/meta.ts'
import { avito, max, viber, vk } from '../support/messengers/others.ts'
import { newNumber, type PlayedChannel, type PlayedVendor, play } from '../support/messengers/played.ts'
import { type RunningHub, startRunningHub } from '../support/running-hub.ts'

const patient = { timeout: 60_000, interval: 200 }
const vendors = [whatsapp, messenger, instagram, viber, vk, max, avito, facebookLeads]

let database: Awaited<ReturnType<typeof emptyDatabase>>
let way: Awaited<ReturnType<typeof cuttableDatabase>>
let hub: RunningHub
let played: PlayedVendor[]
beforeAll(async () => {
  database = await emptyDatabase()
  way = await cuttableDatabase(database.url)
  played = await Promise.all(vendors.map(play))
  hub = await startRunningHub({ DATABASE_URL: way.url })
}, 240_000)
afterAll(async () => {
  await hub?.close()
  await Promise.all(played.map((one) => one.close()))
  await way?.close()
  await database?.drop()
})

it('while the database is down every webhook hears 503; told again when it is back, each message is there once, and so is what came before', async () => {
  const channels = await Promise.all(played.map((one) => one.newChannel(hub)))
  const told = vendors.map((vendor) => {
    const client = newNumber()
    const hooksOf = (text: string) => vendor.hooks([{ id: newNumber(), client, text }])
    return { before: hooksOf('before'), during: hooksOf('during') }
  })
  const tell = (when: 'before' | 'during') =>
    Promise.all(channels.map(async (channel, at) => Promise.all(told[at]?.[when].map((hook) => channel.post(hook)) ?? [])))
  const standing = (channel: PlayedChannel) => async () =>
    (await channel.entries()).map(({ kind, text }) => (kind === 'form' ? kind : text)).toSorted()

  expect((await tell('before')).flat()).toEqual(vendors.map(() => 200))
  for (const channel of channels) await expect.poll(async () => (await channel.entries()).length, patient).toBe(1)
  way.cut()
  expect((await tell('during')).flat()).toEqual(vendors.map(() => 503))
  way.mend()
  // A vendor goes on until it hears "yes".
  await expect.poll(async () => (await tell('during')).flat(), patient).toEqual(vendors.map(() => 200))
  for (const [at, channel] of channels.entries()) {
    const both = vendors[at] === facebookLeads ? ['form', 'form'] : ['before', 'during']
    await expect.poll(standing(channel), patient).toEqual(both)
  }
}, 240_000)

it('of fifty lead forms one of which is broken forty-nine stand on cards, fetched once each, and one is parked', async () => {
  const leads = played.at(-1)
  const channel = await leads?.newChannel(hub)
  if (!leads || !channel) throw new Error('no lead forms')
  const [hook] = leads.vendor.hooks(Array.from({ length: 50 }, (_, at) => ({ id: newNumber(), client: 0, text: '', isBroken: at === 17 })))
  if (!hook) throw new Error('no hook')
  expect(await Promise.all(Array.from({ length: 10 }, () => channel.post(hook)))).toEqual(Array.from({ length: 10 }, () => 200))
  await expect.poll(async () => (await channel.entries()).length, patient).toBe(49)
  const { items } = await hub.api<{ items: { events: { status: string }[] }[] }>('GET', `/deliveries?status=parked&channelId=${channel.id}`)
  expect(items.flatMap(({ events }) => events).filter(({ status }) => status === 'parked')).toHaveLength(1)
}, 240_000)
