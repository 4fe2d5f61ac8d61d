import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { eventsConnector, type IntakeHub, intakeHub } from '../../../tests/support/intake-hub.ts'
import { emptyMemory, recordingHub } from '../../../tests/support/recording-hub.ts'
import { silentLogger } from '../../../tests/support/test-connector.ts'
import type { Connector } from '../connector/connector.ts'
import { createHookDoor } from './hook-door.ts'
import { largestBody } from './read-body.ts'

const memory = emptyMemory()
let hub: IntakeHub
let server: Server
afterEach(async () => {
  server.close()
  await hub.close()
})

/** Opens a door for the test connector and gives the address of its one channel. */
async function openDoor(changes: Partial<Connector> = {}): Promise<string> {
  hub = await intakeHub({ connector: { ...eventsConnector, ...changes } })
  const door = createHookDoor({
    ...hub,
    logger: silentLogger,
    hookUrl: () => '',
    publicUrl: 'https://hub.example',
    hubOf: () => recordingHub(memory),
    decide: async () => ({ kind: 'stored' as const }),
    callerOf: () => '',
  })
  server = createServer((incoming, response) => void door(incoming, response)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return `http://127.0.0.1:${port}/hooks/test/${hub.channels.byId(hub.channelId)?.key}`
}

async function countDeliveries(): Promise<number> {
  return (await hub.pool.query('select from deliveries')).rowCount ?? 0
}

interface KeptRefusal {
  channel_id: string | null
  headers: Record<string, string>
  body: Buffer
}

async function refusals(): Promise<KeptRefusal[]> {
  await expect.poll(async () => (await hub.pool.query('select from refusals')).rowCount).toBeGreaterThan(0)
  return (await hub.pool.query<KeptRefusal>('select channel_id, headers, body from refusals')).rows
}

const overTransport = (transport: Connector['manifest']['transport']) => ({ manifest: { ...eventsConnector.manifest, transport } })
const refusing = { verify: () => ({ is: 'refused', reason: 'wrong' }) as const }

test('takes what comes for a connector with webhooks', async () => {
  const address = await openDoor(overTransport(['webhook']))
  expect((await fetch(address, { method: 'POST', body: '[]' })).status).toBe(200)
  expect(await countDeliveries()).toBe(1)
})

test('knows no key of a connector without webhooks: nobody proves anything there', async () => {
  const address = await openDoor(overTransport(['session', 'door']))
  expect((await fetch(address, { method: 'POST', body: '[]' })).status).toBe(404)
  expect(await countDeliveries()).toBe(0)
})

test('keeps 8 kB of what comes for an unknown key, however much is sent, and says 404', async () => {
  const address = await openDoor()
  const body = `${'a'.repeat(8 * 1024)}${'b'.repeat(largestBody + 1024)}`
  expect((await fetch(`${address}x`, { method: 'POST', body })).status).toBe(404)
  const [refusal] = await refusals()
  expect(refusal?.channel_id).toBeNull()
  expect(refusal?.body.toString()).toBe('a'.repeat(8 * 1024))
})

test('strikes the channel’s secrets out of a refusal, in any header and in the body', async () => {
  const address = await openDoor(refusing)
  const headers = { 'x-shop-proof': 'v1 secret-token', 'x-webhook-token': 'secret-tokem', 'x-shop': '4', cookie: 'a=b' }
  const body = `{"key":"secret-token","also":"${Buffer.from('secret-token').toString('base64')}","name":"Анна"}`
  expect((await fetch(address, { method: 'POST', headers, body })).status).toBe(401)
  const [refusal] = await refusals()
  expect(refusal?.headers).toMatchObject({ 'x-shop-proof': '••••', 'x-webhook-token': '••••', 'x-shop': '4', cookie: '••••' })
  expect(refusal?.body.toString()).toBe('{"key":"****","also":"****","name":"Анна"}')
})

test('a page’s script can read why it was refused', async () => {
  const address = await openDoor(refusing)
  const post = (where: string, body: string) => fetch(where, { method: 'POST', headers: { origin: 'https://shop.example' }, body })
  const answers = [await post(address, '{}'), await post(`${address}x`, '{}'), await post(address, 'a'.repeat(largestBody + 1))]
  expect(answers.map(({ status, headers }) => [status, headers.get('access-control-allow-origin')])).toEqual([
    [401, '*'],
    [404, '*'],
    [413, '*'],
  ])
})

test('a page’s script can read that the hub is too busy', async () => {
  const address = await openDoor()
  await hub.pool.query('drop table deliveries cascade')
  const answer = await fetch(address, { method: 'POST', headers: { origin: 'https://shop.example' }, body: '[]' })
  expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([503, '*'])
})

test('what a webhook only names is fetched once it is stored and answered, and a failure of that harms nothing', async () => {
  const seen: number[] = []
  const address = await openDoor({
    async afterDelivery(_raw, _channel, { deliver }) {
      seen.push(await countDeliveries())
      await deliver({ method: 'FETCHED', path: '', query: '', headers: {}, body: Buffer.from('[]') })
      throw new Error('the vendor is away')
    },
  })
  expect((await fetch(address, { method: 'POST', body: '[]' })).status).toBe(200)
  await expect.poll(() => memory.deliveries.map(({ raw }) => raw.method)).toEqual(['FETCHED'])
  expect(seen).toEqual([1])
  expect((await fetch(address, { method: 'POST', body: '[1]' })).status).toBe(200)
})
