import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningHub, startRunningHub } from '../support/running-hub.ts'

const secret = 'secret-of-the-pbx-0123456789'
let hub: RunningHub
let hookUrl: string

beforeAll(async () => {
  hub = await startRunningHub()
  ;({ hookUrl } = await hub.addChannel('pbx-webhook', { secret }))
})
afterAll(() => hub?.close())

interface Call {
  id: string
  contactId: string | null
  direction: string
  state: string
  outcome: string | null
  from: string | null
  dialled: string | null
  startedAt: string
  recordings: { state: string }[]
}

async function tell(events: object | object[], key = secret): Promise<number> {
  const headers = { 'content-type': 'application/json', 'x-hub-key': key }
  return (await fetch(hookUrl, { method: 'POST', headers, body: JSON.stringify(events) })).status
}

async function applied(): Promise<void> {
  await expect
    .poll(async () => (await hub.api<{ items: object[] }>('GET', '/deliveries?status=received&limit=1')).items.length, { timeout: 220_000 })
    .toBe(0)
}

const ringing = (callId: string, from: string) => ({
  event: 'ringing',
  callId,
  direction: 'inbound',
  from,
  dialled: '+74950000000',
  extension: '101',
})
const calls = async (query = '') => (await hub.api<{ items: Call[] }>('GET', `/calls?limit=100${query}`)).items

test('numbers that are none are kept as they came and make nobody; a SIP address and a local number are somebody', async () => {
  const nobody = [
    '',
    'anonymous',
    '<unknown>',
    '0000',
    '112',
    '12',
    '+7',
    'MyShop',
    '\u{1F4DE}\u{1F4DE}\u{1F4DE}',
    '99999999999999999999',
    '<script>alert(1)</script>',
    "'; drop table calls; --",
  ]
  const somebody = ['sip:anna@example.com', '8 (846) 300-12-40', '+79990001122']
  for (const [index, from] of [...nobody, ...somebody].entries()) expect(await tell(ringing(`number ${index}`, from))).toBe(200)
  await applied()
  const kept = await calls()
  expect(kept).toHaveLength(nobody.length + somebody.length)
  for (const [index, from] of nobody.entries()) {
    const call = kept.find((one) => one.from === (from || null) && one.contactId === null)
    expect(call, `${index}: ${from}`).toBeDefined()
  }
  expect(
    kept
      .filter((call) => call.contactId !== null)
      .map(({ from }) => from)
      .toSorted((a, b) => String(a).localeCompare(String(b))),
  ).toEqual(somebody.toSorted((a, b) => a.localeCompare(b)))
  expect((await hub.api<{ items: object[] }>('GET', '/leads')).items).toHaveLength(somebody.length)
  expect((await hub.api<{ items: object[] }>('GET', '/deliveries?status=parked')).items).toEqual([])
})

test('a number that no channel owns, events of a call nobody began, a recording of none: each is a call', async () => {
  await tell({ ...ringing('foreign', '+79990002201'), dialled: '+49301234567' })
  await tell({ event: 'ended', callId: 'unbegun', outcome: 'missed', direction: 'inbound', from: '+79990002202' })
  await tell({ event: 'held', callId: 'held only', extension: '101' })
  await tell({ event: 'recording', callId: 'sound only', recordingId: 'r1', recording: 'https://pbx.example/r1.wav' })
  await applied()
  const kept = await calls()
  expect(kept.find(({ from }) => from === '+79990002201')).toMatchObject({ dialled: '+49301234567', state: 'ringing', contactId: expect.any(String) })
  expect(kept.find(({ from }) => from === '+79990002202')).toMatchObject({ state: 'ended', outcome: 'missed', contactId: expect.any(String) })
  expect(kept.find(({ recordings }) => recordings.length > 0)).toMatchObject({ contactId: null, recordings: [{}] })
  expect(kept.filter(({ contactId, from }) => contactId === null && from === null).length).toBeGreaterThanOrEqual(2)
})

test('a clock that is hours ahead puts nothing into the future; one that is behind is believed, for a call may be told late', async () => {
  const hour = 3_600_000
  const at = (hours: number) => new Date(Date.now() + hours * hour).toISOString()
  await tell({ ...ringing('ahead', '+79990003301'), at: at(7) })
  await tell({ ...ringing('behind', '+79990003302'), at: at(-7) })
  await tell({ ...ringing('nonsense', '+79990003303'), at: 'the day before yesterday' })
  await applied()
  const kept = await calls()
  const startOf = (from: string) => Date.parse(kept.find((call) => call.from === from)?.startedAt ?? '') - Date.now()
  expect(startOf('+79990003301')).toBeLessThan(5 * 60_000 + 1)
  expect(Math.abs(startOf('+79990003302') + 7 * hour)).toBeLessThan(5 * 60_000)
  expect(Math.abs(startOf('+79990003303'))).toBeLessThan(5 * 60_000)
})

test('a forged event makes nothing and is shown with its reason', async () => {
  const before = (await calls()).length
  expect(await tell(ringing('forged', '+79990004401'), 'another secret')).toBe(401)
  expect((await calls()).length).toBe(before)
  const refusals = async () => (await hub.api<{ items: { reason: string }[] }>('GET', '/refusals')).items
  await expect.poll(refusals, { timeout: 60_000 }).toMatchObject([{ reason: expect.stringMatching(/secret|sign/i) }])
})

test('ten thousand calls at once are ten thousand calls, and the hub answers meanwhile', { timeout: 240_000 }, async () => {
  const before = await count()
  const statuses = await Promise.all(
    Array.from({ length: 20 }, async (_, body) =>
      tell(Array.from({ length: 500 }, (_event, index) => ringing(`storm ${body} ${index}`, `+7901${String(body * 500 + index).padStart(7, '0')}`))),
    ),
  )
  expect([...new Set(statuses)]).toEqual([200])
  expect((await fetch(`${hub.url}/readyz`)).status).toBe(200)
  await applied()
  expect((await count()) - before).toBe(10_000)
  expect((await hub.api<{ items: object[] }>('GET', '/deliveries?status=parked')).items).toEqual([])

  async function count(): Promise<number> {
    let found = 0
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { items: object[]; nextCursor: string | null } = await hub.api(
        'GET',
        `/calls?limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
      )
      found += page.items.length
      cursor = page.nextCursor
    }
    return found
  }
})
