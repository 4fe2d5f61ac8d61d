import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FakeMango, fakeMango } from '../support/fake-mango.ts'
import { type RunningHub, startRunningHub } from '../support/running-hub.ts'
import { stereoWav } from '../support/stereo-wav.ts'

let pbx: FakeMango
let hub: RunningHub
let hookUrl: string

beforeAll(async () => {
  hub = await startRunningHub()
  pbx = await fakeMango({ apiKey: 'k1', apiSalt: 's1' }, () => stereoWav(2))
  ;({ hookUrl } = await hub.addChannel('mango-office', pbx.settings))
})
afterAll(async () => {
  await hub?.close()
  await pbx?.close()
})

const send = (path: string, event: object, salt?: string) => pbx.tell(hookUrl, path, event, salt)

interface Call {
  id: string
  state: string
  outcome: string | null
  contactId: string | null
  talkSeconds: number | null
  recordings: { state: string; seconds: number | null }[]
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

test('its recording is fetched by the link that MANGO redirects to, once', async () => {
  const recording = {
    recording_id: 'rec1',
    recording_state: 'Completed',
    seq: 2,
    entry_id: 'e1',
    call_id: 'c1',
    extension: '101',
    completion_code: 1000,
  }
  for (let told = 0; told < 2; told += 1) expect(await send('/events/recording', { ...recording, timestamp: began + 72 })).toBe(200)
  expect((await callWhen((call) => call.recordings[0]?.state === 'ready')).recordings).toMatchObject([{ state: 'ready', seconds: 2 }])
  expect(pbx.asked.filter(({ path }) => path === '/queries/recording/post')).toMatchObject([{ json: { recording_id: 'rec1' } }])
})

test('an unknown event is kept and changes nothing', async () => {
  expect(await send('/events/dtmf', { seq: 1, dtmf: '1', call_id: 'c1', entry_id: 'e1' })).toBe(200)
  await expect
    .poll(async () =>
      (await hub.api<{ items: { reason: string | null }[] }>('GET', '/deliveries?status=ignored')).items.map((delivery) => delivery.reason),
    )
    .toContain('MANGO event /events/dtmf')
})
