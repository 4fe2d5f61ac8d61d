import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { emptyDatabase } from '../support/database.ts'
import { type FakeTwilio, fakeTwilio } from '../support/fake-twilio.ts'
import { type RunningHub, startRunningHub } from '../support/running-hub.ts'

const ours = '+15551230002'
let twilio: FakeTwilio
let database: Awaited<ReturnType<typeof emptyDatabase>>
let pool: pg.Pool
let hub: RunningHub
let channel: { id: string; hookUrl: string }
let anna: string

beforeAll(async () => {
  twilio = await fakeTwilio()
  database = await emptyDatabase()
  pool = new pg.Pool({ connectionString: database.url })
  hub = await startRunningHub({ DATABASE_URL: database.url, ADMIN_EMAIL: 'boss@firm.example', ADMIN_PASSWORD: 'a-long-password-1' })
  const { accountSid, authToken, apiRoot } = twilio
  channel = await hub.addChannel('twilio-voice', {
    accountSid,
    authToken,
    apiRoot,
    number: ours,
    greeting: 'Good day',
    recordingNotice: 'We record',
    rings: 2,
  })
  anna = (await hub.api<{ user: { id: string } }>('POST', '/users', { name: 'Anna', email: 'anna@firm.example', role: 'operator' })).user.id
  await hub.api('PUT', `/users/${anna}/numbers`, { items: [{ channelId: channel.id, value: 'client:anna' }] })
}, 240_000)
afterAll(async () => {
  await hub.close()
  await pool.end()
  await database.drop()
  await twilio.close()
})

interface Call {
  id: string
  state: string
  outcome: string | null
  direction: string
  contactId: string | null
  userId: string | null
  legs: { id: string; state: string }[]
  recordings: { id: string; state: string; tracks: number | null; sides: string[] | null; seconds: number | null }[]
}

const calls = async () => (await hub.api<{ items: (Call & { from: string })[] }>('GET', '/calls?limit=100')).items

async function callFrom(number: string, is: (call: Call) => boolean = () => true): Promise<Call> {
  let found: Call | undefined
  const find = async () => {
    found = (await calls()).find((call) => call.from === number && is(call))
    return found
  }
  await expect.poll(find, { timeout: 60_000 }).toBeDefined()
  if (!found) throw new Error('the call is gone')
  return found
}

async function annaIs(state: 'available' | 'away'): Promise<void> {
  await pool.query(
    `insert into presence (user_id, chosen, state, seen_at) values ($1, 'available', $2, now() + interval '1 hour')
     on conflict (user_id) do update set state = excluded.state, seen_at = excluded.seen_at`,
    [anna, state],
  )
}

/** Addresses in TwiML, by attribute. */
function addressIn(twiml: string, attribute: string): string {
  const found =
    new RegExp(` ${attribute}="([^"]+)"`).exec(twiml)?.[1] ?? (attribute === 'redirect' ? /<Redirect>([^<]+)</.exec(twiml)?.[1] : undefined)
  if (found === undefined) throw new Error(`no ${attribute} in ${twiml}`)
  return found.replaceAll('&amp;', '&')
}

/** Asks until the answer is the one that was decided: on a slow machine the decision of the first may be late, and then the settings decide. */
async function hears(address: string, fields: Record<string, string>, words: string): Promise<string> {
  let heard = ''
  const ask = async () => {
    heard = (await twilio.hook(address, fields)).body
    return heard
  }
  await expect.poll(ask).toContain(words)
  return heard
}

const incoming = (sid: string, from: string, more: Record<string, string> = {}) => ({
  CallSid: sid,
  From: from,
  To: ours,
  CallStatus: 'in-progress',
  Direction: 'inbound',
  ...more,
})
const began = Date.now() - 120_000
const stamp = (second: number) => new Date(began + second * 1000).toUTCString()
const leg = (sid: string, parent: string, status: string, second: number, order: number) => ({
  CallSid: sid,
  ParentCallSid: parent,
  From: '+79990001122',
  To: 'client:anna',
  CallStatus: status,
  Timestamp: stamp(second),
  SequenceNumber: String(order),
})

test('a forged call is refused and makes nothing', async () => {
  expect((await twilio.hook(`${channel.hookUrl}/voice`, incoming('CAforged', '+79990009999'), { token: 'another' })).status).toBe(401)
  expect(await calls()).toEqual([])
})

test('a stranger is greeted and put through; however it is told, it is one call with both sides of its recording', async () => {
  await annaIs('available')
  const from = '+79990001122'
  const rings = incoming('CA1', from, { CallStatus: 'ringing' })
  await twilio.hook(`${channel.hookUrl}/voice`, rings, { times: 3 })
  const body = await hears(`${channel.hookUrl}/voice`, rings, '<Identity>anna</Identity>')
  expect(body).toContain('Good day')
  expect(body).toContain('We record')
  expect(body).toContain('record="record-from-answer-dual"')
  const ringing = await callFrom(from)
  expect(ringing.contactId).not.toBeNull()
  const status = addressIn(body, 'statusCallback')
  const told: (() => Promise<unknown>)[] = [
    () =>
      twilio.hook(`${channel.hookUrl}/status`, {
        ...incoming('CA1', from, { CallStatus: 'completed', CallDuration: '71' }),
        Timestamp: stamp(71),
        SequenceNumber: '0',
      }),
    () => twilio.hook(status, leg('CA2', 'CA1', 'completed', 70, 3)),
    () => twilio.hook(status, leg('CA2', 'CA1', 'in-progress', 9, 2)),
    () => twilio.hook(status, leg('CA2', 'CA1', 'ringing', 1, 1)),
    () =>
      twilio.hook(addressIn(body, 'recordingStatusCallback'), {
        CallSid: 'CA1',
        RecordingSid: 'RE1',
        RecordingStatus: 'completed',
        RecordingChannels: '2',
        RecordingDuration: '61',
        RecordingSource: 'DialVerb',
      }),
  ]
  for (const tell of [...told, ...told]) await tell()
  const ended = await callFrom(from, (call) => call.state === 'ended' && call.outcome !== null && call.recordings[0]?.state === 'ready')
  expect(ended).toMatchObject({ id: ringing.id, outcome: 'answered', userId: anna, contactId: ringing.contactId, direction: 'inbound' })
  expect(ended.recordings).toMatchObject([{ state: 'ready', tracks: 2, sides: ['client', 'user'] }])
  expect(twilio.leaks).toEqual([])
  expect(await calls()).toHaveLength(1)
})

test('while they talk: hold and mute by way of a conference, transfer to another phone, a pause in the recording, the end', async () => {
  const from = '+79990001133'
  const body = await hears(`${channel.hookUrl}/voice`, incoming('CA10', from), 'statusCallback=')
  await twilio.hook(addressIn(body, 'statusCallback'), {
    ...leg('CA11', 'CA10', 'in-progress', 9, 2),
    From: from,
    Timestamp: new Date().toUTCString(),
  })
  const talking = await callFrom(from, (call) => call.state === 'talking')
  twilio.calls.set('CA10', { sid: 'CA10', direction: 'inbound', status: 'in-progress' })
  twilio.calls.set('CA11', { sid: 'CA11', direction: 'outbound-dial', status: 'in-progress', parent_call_sid: 'CA10' })
  const control = (name: string, more: object = {}) => hub.api('POST', `/calls/${talking.id}/control`, { name, legId: 'CA11', ...more })
  const changes = () => twilio.asked.filter(({ method }) => method === 'POST').map(({ path }) => path)

  await control('pause_recording')
  expect(twilio.asked.at(-1)).toMatchObject({ path: '/Calls/CA10/Recordings/Twilio.CURRENT.json' })
  expect(twilio.asked.at(-1)?.fields.get('Status')).toBe('paused')
  expect(await hub.api('GET', `/calls/${talking.id}`)).toMatchObject({ recordingPausedAt: expect.any(String) })
  await control('resume_recording')
  expect(await hub.api('GET', `/calls/${talking.id}`)).toMatchObject({ recordingPausedAt: null })

  await control('hold')
  expect(changes().slice(-5)).toEqual(['/Calls/CA11.json', '/Calls/CA10.json', ...Array(3).fill('/Conferences/CFCA10/Participants/CA10.json')])
  expect(twilio.asked.at(-1)?.fields.get('Hold')).toBe('true')
  const room = twilio.asked.find(({ method, path }) => method === 'POST' && path === '/Calls/CA10.json')?.fields.get('Twiml') ?? ''
  await twilio.hook(addressIn(room, 'statusCallback'), {
    ConferenceSid: 'CFCA10',
    StatusCallbackEvent: 'participant-hold',
    CallSid: 'CA10',
    SequenceNumber: '4',
    Timestamp: new Date().toUTCString(),
  })
  await callFrom(from, (call) => call.legs[0]?.state === 'held')

  await control('resume')
  expect(twilio.asked.at(-1)?.fields.get('Hold')).toBe('false')
  await control('mute')
  expect(twilio.asked.at(-1)).toMatchObject({ path: '/Conferences/CFCA10/Participants/CA11.json' })

  await control('transfer', { to: '+79990005566' })
  expect(twilio.asked.at(-1)).toMatchObject({ path: '/Calls/CA10.json' })
  const transfer = twilio.asked.at(-1)?.fields.get('Twiml') ?? ''
  expect(transfer).toContain('>+79990005566</Number>')
  // Nobody takes it: the caller gets the voicemail, and the call stays answered.
  const refused = await twilio.hook(addressIn(transfer, 'action'), incoming('CA10', from, { DialCallStatus: 'no-answer' }))
  expect((await twilio.hook(addressIn(refused.body, 'redirect'), incoming('CA10', from))).body).toContain('<Record')

  await control('hang_up')
  expect(twilio.asked.at(-1)?.fields.get('Status')).toBe('completed')
  await twilio.hook(`${channel.hookUrl}/status`, { ...incoming('CA10', from, { CallStatus: 'completed' }), SequenceNumber: '0' })
  expect((await callFrom(from, (call) => call.state === 'ended')).outcome).toBe('answered')
})

test('nobody takes it: music, the phones once more, then the voicemail', async () => {
  await annaIs('available')
  const from = '+79990001144'
  const first = await hears(`${channel.hookUrl}/voice`, incoming('CA20', from), '<Identity>anna</Identity>')
  const queue = await twilio.hook(addressIn(first, 'action'), incoming('CA20', from, { DialCallStatus: 'no-answer' }))
  const wait = addressIn(queue.body, 'waitUrl')
  expect((await twilio.hook(wait, incoming('CA20', from, { QueueTime: '0' }))).body).toContain('<Play>')
  await callFrom(from, (call) => call.state === 'queued')
  await hears(wait, incoming('CA20', from, { QueueTime: '30' }), '<Leave/>')
  const again = await hears(addressIn(queue.body, 'action'), incoming('CA20', from, { QueueResult: 'leave' }), '<Identity>anna</Identity>')
  const last = await twilio.hook(addressIn(again, 'action'), incoming('CA20', from, { DialCallStatus: 'no-answer' }))
  const voicemail = await twilio.hook(addressIn(last.body, 'redirect'), incoming('CA20', from))
  await callFrom(from, (call) => call.outcome === 'missed')
  await twilio.hook(addressIn(voicemail.body, 'recordingStatusCallback'), {
    CallSid: 'CA20',
    RecordingSid: 'RE20',
    RecordingStatus: 'completed',
    RecordingChannels: '1',
    RecordingDuration: '9',
    RecordingSource: 'RecordVerb',
  })
  await twilio.hook(`${channel.hookUrl}/status`, { ...incoming('CA20', from, { CallStatus: 'completed' }), SequenceNumber: '0' })
  expect(await callFrom(from, (call) => call.outcome === 'voicemail')).toMatchObject({ state: 'ended', userId: null })
})

test('nobody is there: who gives up in the queue has abandoned, and a withheld number makes no card', async () => {
  await annaIs('away')
  const body = await hears(`${channel.hookUrl}/voice`, incoming('CA30', '+266696687'), '<Enqueue')
  await twilio.hook(addressIn(body, 'waitUrl'), incoming('CA30', '+266696687', { QueueTime: '0' }))
  await twilio.hook(addressIn(body, 'action'), incoming('CA30', '+266696687', { CallStatus: 'completed', QueueResult: 'hangup' }))
  expect(await callFrom('+266696687', (call) => call.outcome === 'abandoned')).toMatchObject({ contactId: null })
})

test('a click rings the user first, then the client; a lost answer is not tried again', async () => {
  const client = '+79990001155'
  const contact = await hub.api<{ id: string }>('POST', '/contacts', { name: 'Мария', identities: [{ kind: 'phone', value: client }] })
  const { items } = await hub.api<{ items: { id: string; email: string }[] }>('GET', '/users')
  const boss = items.find((user) => user.email === 'boss@firm.example')?.id
  await hub.api('PUT', `/users/${boss}/numbers`, { items: [{ channelId: channel.id, value: '+79990007788' }] })
  const cookie = await signIn()
  const click = () =>
    fetch(`${hub.url}/api/v1/calls`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: hub.url, cookie },
      body: JSON.stringify({ contactId: contact.id, to: client }),
    })
  const placed = (await (await click()).json()) as Call
  const asked = twilio.asked.findLast(({ path }) => path === '/Calls.json')?.fields ?? new URLSearchParams()
  expect(Object.fromEntries(asked)).toMatchObject({ To: '+79990007788', From: ours })
  const twiml = asked.get('Twiml') ?? ''
  expect(twiml).toContain(`>${client}</Number>`)
  const parent = `CAplaced${twilio.asked.filter(({ path, method }) => path === '/Calls.json' && method === 'POST').length}`
  const of = (status: string, second: number, order: number, more: object = {}) => ({
    CallSid: parent,
    From: ours,
    To: '+79990007788',
    CallStatus: status,
    Timestamp: stamp(second),
    SequenceNumber: String(order),
    ...more,
  })
  const user = asked.get('StatusCallback') ?? ''
  await twilio.hook(user, of('completed', 80, 3))
  await twilio.hook(addressIn(twiml, 'statusCallback'), of('in-progress', 20, 2, { CallSid: 'CA41', ParentCallSid: parent, To: client }))
  await twilio.hook(user, of('ringing', 1, 1))
  const mine = async () => (await calls()).find((call) => call.id === placed.id)
  await expect
    .poll(mine, { timeout: 60_000 })
    .toMatchObject({ state: 'ended', outcome: 'answered', direction: 'outbound', contactId: contact.id, userId: boss })

  twilio.behave(({ path }) => (path === '/Calls.json' ? 'cut' : 'ok'))
  const requests = () => twilio.asked.filter(({ method, path }) => method === 'POST' && path === '/Calls.json').length
  const before = requests()
  const refused = await click()
  expect([refused.status, await refused.json()]).toMatchObject([503, { words: { ru: expect.stringMatching(/^Twilio: [а-яё]/) } }])
  expect(requests()).toBe(before + 1)
  expect((await calls()).filter((call) => call.direction === 'outbound')).toHaveLength(2)
})

async function signIn(): Promise<string> {
  const response = await fetch(`${hub.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: hub.url },
    body: JSON.stringify({ email: 'boss@firm.example', password: 'a-long-password-1' }),
  })
  return response.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
}
