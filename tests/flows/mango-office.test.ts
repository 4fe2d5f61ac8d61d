import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningHub, startRunningHub } from '../support/running-hub.ts'

const settings = { apiKey: 'k1', apiSalt: 's1' }
let hub: RunningHub
let hookUrl: string

beforeAll(async () => {
  hub = await startRunningHub()
  ;({ hookUrl } = await hub.addChannel('mango-office', settings))
})
afterAll(() => hub.close())

async function send(path: string, event: object, salt = settings.apiSalt): Promise<number> {
  const json = JSON.stringify(event)
  const sign = createHash('sha256').update(`${settings.apiKey}${json}${salt}`).digest('hex')
  const response = await fetch(`${hookUrl}${path}`, { method: 'POST', body: new URLSearchParams({ vpbx_api_key: settings.apiKey, sign, json }) })
  return response.status
}

interface Call {
  id: string
  state: string
  outcome: string | null
  contactId: string | null
  talkSeconds: number | null
}

async function callWhen(is: (call: Call) => boolean): Promise<Call> {
  return await expect
    .poll(async () => (await hub.api<{ items: Call[] }>('GET', '/calls')).items.find(is), { timeout: 60_000 })
    .toBeDefined()
    .then(async () => {
      const found = (await hub.api<{ items: Call[] }>('GET', '/calls')).items.find(is)
      if (!found) throw new Error('the call is gone')
      return found
    })
}

const leg = {
  entry_id: 'e1',
  call_id: 'c1',
  location: 'abonent',
  from: { number: '79990001122' },
  to: { extension: '101', number: 'sip:101@x.mangosip.ru', line_number: '74950000000' },
}
const began = Math.floor(Date.now() / 1000) - 120

test('a forged event is refused and makes no call', async () => {
  expect(await send('/events/call', { ...leg, timestamp: began, seq: 1, call_state: 'Appeared' }, 'another salt')).toBe(401)
  expect((await hub.api<{ items: Call[] }>('GET', '/calls')).items).toEqual([])
})

test('a stranger rings, is answered and hangs up: one call, one card, one lead, however it is told', async () => {
  expect(await send('/events/call', { ...leg, timestamp: began, seq: 1, call_state: 'Appeared' })).toBe(200)
  const ringing = await callWhen((call) => call.state === 'ringing')
  expect(ringing.contactId).not.toBeNull()
  const rest: [string, object][] = [
    [
      '/events/summary',
      {
        entry_id: 'e1',
        call_direction: 1,
        from: leg.from,
        to: leg.to,
        line_number: '74950000000',
        create_time: began,
        talk_time: began + 9,
        end_time: began + 71,
        entry_result: 1,
        disconnect_reason: 1110,
      },
    ],
    ['/events/call', { ...leg, timestamp: began + 71, seq: 3, call_state: 'Disconnected', disconnect_reason: 1110 }],
    ['/events/call', { ...leg, timestamp: began + 9, seq: 2, call_state: 'Connected' }],
  ]
  for (const [path, event] of [...rest, ...rest]) expect(await send(path, event)).toBe(200)
  const ended = await callWhen((call) => call.state === 'ended')
  expect(ended).toMatchObject({ id: ringing.id, outcome: 'answered', talkSeconds: 62, contactId: ringing.contactId })
  const contacts = await hub.api<{ items: { id: string; identities: { value: string }[] }[] }>(
    'GET',
    `/contacts?query=${encodeURIComponent('8 (999) 000-11-22')}`,
  )
  expect(contacts.items).toMatchObject([{ id: ringing.contactId, identities: [{ kind: 'phone', value: '+79990001122', evidence: 'attested' }] }])
  const leads = await hub.api<{ items: object[] }>('GET', `/leads?contactId=${ringing.contactId}`)
  expect(leads.items).toHaveLength(1)
  const timeline = await hub.api<{ items: object[] }>('GET', `/contacts/${ringing.contactId}/timeline`)
  expect(timeline.items).toMatchObject([{ kind: 'call', callId: ringing.id, direction: 'inbound', medium: 'voice' }])
})

test('an unknown event is kept and changes nothing', async () => {
  expect(await send('/events/dtmf', { seq: 1, dtmf: '1', call_id: 'c1', entry_id: 'e1' })).toBe(200)
  await expect
    .poll(async () =>
      (await hub.api<{ items: { reason: string | null }[] }>('GET', '/deliveries?status=ignored')).items.map((delivery) => delivery.reason),
    )
    .toContain('MANGO event /events/dtmf')
})
