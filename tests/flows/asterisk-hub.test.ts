import { appendFile, mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FakeAsterisk, fakeAsterisk } from '../support/fake-asterisk/fake-asterisk.ts'
import { type RunningHub, startRunningHub } from '../support/running-hub.ts'
import { stereoWav } from '../support/stereo-wav.ts'

const admin = { email: 'anna@firm.example', password: 'a-long-password-1' }
const did = '74950000000'
let hub: RunningHub
let fake: FakeAsterisk
let folder: string
let channelId: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchboard-pbx-'))
  await writeFile(join(folder, 'Master.csv'), '')
  fake = await fakeAsterisk()
  hub = await startRunningHub({ ADMIN_EMAIL: admin.email, ADMIN_PASSWORD: admin.password })
  const settings = { ...fake.settings, international: true, cdrFile: join(folder, 'Master.csv'), recordingsFolder: folder }
  ;({ id: channelId } = await hub.api<{ id: string }>('POST', '/channels', { connector: 'asterisk', name: 'Asterisk', settings }))
})
afterAll(async () => {
  await hub.close()
  await fake.close()
  await rm(folder, { recursive: true })
})

interface Call {
  id: string
  state: string
  outcome: string | null
  direction: string
  from: string | null
  to: string | null
  contactId: string | null
  talkSeconds: number | null
}

const until = <Value>(read: () => Value | Promise<Value>) => expect.poll(read, { timeout: 60_000 })
const callsOf = async (number: string) =>
  (await hub.api<{ items: Call[] }>('GET', '/calls')).items.filter((call) => call.from === number || call.to?.endsWith(number))

test('a stranger rings: one call, one card; he is answered, and the recording is fetched when it is over', async () => {
  await until(() => fake.listeners()).toBe(1)
  const { pbx } = fake
  const number = '79990001122'
  const caller = pbx.incoming(number, did)
  const phone = pbx.dial(caller, 'PJSIP/101')
  await until(() => callsOf(number)).toMatchObject([{ state: 'ringing', direction: 'inbound', contactId: expect.any(String) }])
  await mkdir(join(folder, '2026/11'), { recursive: true })
  await writeFile(join(folder, '2026/11/a.wav'), stereoWav(1))
  await utimes(join(folder, '2026/11/a.wav'), new Date(0), new Date(0))
  pbx.record(caller, '/var/spool/asterisk/monitor/2026/11/a.wav')
  pbx.answer(phone)
  await until(() => callsOf(number)).toMatchObject([{ state: 'talking' }])
  pbx.hangUpAll(caller)
  await until(() => callsOf(number)).toMatchObject([{ state: 'ended', outcome: 'answered' }])
  const [call] = await callsOf(number)
  await until(async () => (await hub.api<{ items: object[] }>('GET', `/calls/${call?.id}/recordings`)).items).toMatchObject([
    { state: 'ready', seconds: 1 },
  ])
})

test('a break in the middle of a call: nobody has to ask for what the CDR knows of it', async () => {
  const { pbx } = fake
  const number = '79990003344'
  const began = Date.now()
  const caller = pbx.incoming(number, did)
  const phone = pbx.dial(caller, 'PJSIP/101')
  await until(() => callsOf(number)).toMatchObject([{ state: 'ringing' }])
  fake.refuseConnections(true)
  fake.drop()
  pbx.now = () => began + 5_000
  pbx.answer(phone)
  pbx.now = () => began + 65_000
  pbx.hangUpAll(caller)
  pbx.now = Date.now
  pbx.hangUpAll(pbx.incoming('79990005566', did))
  await appendFile(join(folder, 'Master.csv'), `${pbx.cdr.join('\n')}\n`)
  await until(async () => (await hub.api<{ state: string }>('GET', `/channels/${channelId}`)).state).toBe('retrying')
  fake.refuseConnections(false)
  await until(() => callsOf(number)).toMatchObject([{ state: 'ended', outcome: 'answered', direction: 'inbound' }])
  await until(() => callsOf('79990005566')).toMatchObject([{ state: 'ended', outcome: 'missed', contactId: expect.any(String) }])
})

test('click to call: his own phone first, then the client, on the card that it was asked from', async () => {
  const { pbx } = fake
  const number = '79990001122'
  const [before] = await callsOf(number)
  const signedIn = await fetch(`${hub.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: hub.url },
    body: JSON.stringify(admin),
  })
  const cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  const { items } = await hub.api<{ items: { id: string }[] }>('GET', '/users')
  await hub.api('PUT', `/users/${items[0]?.id}/numbers`, { items: [{ channelId: null, value: '101' }] })
  const response = await fetch(`${hub.url}/api/v1/calls`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json', origin: hub.url },
    body: JSON.stringify({ contactId: before?.contactId, to: `+${number}`, channelId }),
  })
  expect(response.status, await response.clone().text()).toBe(202)
  const placed = (await response.json()) as Call
  await until(() => fake.originated.length).toBe(1)
  const [phone] = fake.originated
  if (!phone) throw new Error('nothing rings')
  pbx.pickUp(phone)
  pbx.answer(pbx.dial(phone, `PJSIP/${phone.exten}@trunk`))
  pbx.hangUpAll(phone)
  await until(async () => hub.api<Call>('GET', `/calls/${placed.id}`)).toMatchObject({
    state: 'ended',
    outcome: 'answered',
    direction: 'outbound',
    contactId: before?.contactId,
  })
  expect(await callsOf(number)).toHaveLength(2)
})
