import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { asterisk } from '../../src/connectors/asterisk/connector.ts'
import { type FakeAsterisk, fakeAsterisk } from '../support/fake-asterisk/fake-asterisk.ts'
import { type Hearing, hearAsterisk } from '../support/fake-asterisk/hear-asterisk.ts'

const client = '79990001122'
const did = '74950000000'
const until = <Value>(read: () => Value | Promise<Value>) => expect.poll(read, { timeout: 60_000 })
let fake: FakeAsterisk
let heard: Hearing

beforeEach(async () => {
  fake = await fakeAsterisk()
  heard = await hearAsterisk(fake)
  await until(() => fake.listeners()).toBe(1)
  await until(() => heard.reports).toContainEqual({ state: 'ok' })
})
afterEach(async () => {
  await heard.close()
  await fake.close()
})

function clients(events: { type: string }[]): unknown[] {
  return [...new Set(events.flatMap((event) => ('client' in event ? [JSON.stringify(event.client)] : [])))].map((text) => JSON.parse(text))
}

describe('calls as they come', () => {
  test('answered', async () => {
    const { pbx } = fake
    const caller = pbx.incoming(client, did, 'Ivan')
    const phone = pbx.dial(caller, 'PJSIP/101')
    await heard.call({ state: 'ringing', direction: 'inbound', from: client, dialled: `+${did}` })
    pbx.answer(phone)
    await heard.call({ state: 'talking', answeredBy: '101' })
    pbx.hangUpAll(caller)
    await heard.call({ state: 'ended', outcome: 'answered', answeredBy: '101' })
    expect(clients(await heard.events())).toContainEqual({ name: 'Ivan', identities: [{ kind: 'phone', value: `+${client}`, evidence: 'attested' }] })
  })

  test('missed: it rang and nobody took it', async () => {
    const caller = fake.pbx.incoming(client, did)
    fake.pbx.refuse(fake.pbx.dial(caller, 'PJSIP/101'), 'NOANSWER')
    fake.pbx.hangUpAll(caller)
    const call = await heard.call({ state: 'ended', outcome: 'missed', answeredBy: null })
    expect(call.legs).toMatchObject([{ user: '101', state: 'left', outcome: 'missed' }])
  })

  test('a ring group: who did not take it has missed nothing', async () => {
    const { pbx } = fake
    const caller = pbx.incoming(client, did)
    const [anna, boris] = [pbx.dial(caller, 'PJSIP/101'), pbx.dial(caller, 'PJSIP/102')]
    pbx.refuse(anna, 'CANCEL')
    pbx.answer(boris)
    pbx.hangUpAll(boris)
    const call = await heard.call({ state: 'ended', outcome: 'answered', answeredBy: '102' })
    expect(call.legs).toMatchObject([
      { user: '101', outcome: null },
      { user: '102', outcome: 'answered' },
    ])
  })

  test('a queue, through Local channels, that picks up is no answer; a phone is', async () => {
    const { pbx } = fake
    const caller = pbx.incoming(client, did)
    pbx.joinQueue(caller, 'sales')
    await heard.call({ state: 'queued', queue: 'sales', answeredAt: null })
    pbx.refuse(pbx.dial(caller, 'PJSIP/101'), 'NOANSWER')
    const half = pbx.dial(caller, 'Local/102@from-queue')
    half.name = half.name.replace('PJSIP/from-queue', 'Local/102@from-queue')
    const phone = pbx.dial(half, 'PJSIP/102')
    pbx.answer(phone)
    pbx.leaveQueue(caller, 'sales', false)
    await heard.call({ state: 'talking', answeredBy: '102', queue: 'sales', direction: 'inbound' })
  })

  test('abandoned in the queue', async () => {
    const caller = fake.pbx.incoming(client, did)
    fake.pbx.joinQueue(caller, 'sales')
    fake.pbx.leaveQueue(caller, 'sales', true)
    fake.pbx.hangUpAll(caller)
    await heard.call({ state: 'ended', outcome: 'abandoned', queue: 'sales', answeredBy: null, talkSeconds: 0 })
  })

  test('a withheld number is a call of nobody', async () => {
    fake.pbx.hangUpAll(fake.pbx.incoming('', did))
    await heard.call({ state: 'ended', outcome: 'missed', from: null })
    expect(clients(await heard.events())).toEqual([{ identities: [] }])
  })

  test('outbound: the client is whom the trunk was asked for', async () => {
    const { pbx } = fake
    const own = pbx.lift('101', `9${client}`)
    const trunk = pbx.dial(own, `PJSIP/${client}@trunk`)
    await heard.call({ state: 'ringing', direction: 'outbound', to: client, from: '101' })
    pbx.answer(trunk)
    pbx.hangUpAll(own)
    await heard.call({ state: 'ended', outcome: 'answered', answeredBy: '101', direction: 'outbound' })
    expect(clients(await heard.events())).toEqual([{ identities: [{ kind: 'phone', value: `+${client}`, evidence: 'attested' }] }])
  })

  test('outbound and busy', async () => {
    const own = fake.pbx.lift('101', client)
    fake.pbx.refuse(fake.pbx.dial(own, `PJSIP/${client}@trunk`), 'BUSY')
    fake.pbx.hangUpAll(own)
    await heard.call({ state: 'ended', outcome: 'busy', direction: 'outbound' })
  })

  test('internal: no client anywhere', async () => {
    const { pbx } = fake
    const own = pbx.lift('101', '102')
    const other = pbx.dial(own, 'PJSIP/102')
    pbx.answer(other)
    pbx.hangUpAll(own)
    await heard.call({ state: 'ended', outcome: 'answered', direction: 'internal', answeredBy: '102', from: '101', to: '102' })
    expect(clients(await heard.events())).toEqual([])
  })

  test('nobody takes it and the voicemail does: no answer, however long he speaks', async () => {
    const { pbx } = fake
    const caller = pbx.incoming(client, did)
    pbx.refuse(pbx.dial(caller, 'PJSIP/101'), 'NOANSWER')
    pbx.voicemail(caller, '101')
    pbx.hangUpAll(caller)
    await heard.call({ state: 'ended', outcome: 'voicemail', answeredBy: null, talkSeconds: 0 })
  })

  test('a conference: who joins belongs to the same call, and it goes on without him', async () => {
    const { pbx } = fake
    const caller = pbx.incoming(client, did)
    const anna = pbx.dial(caller, 'PJSIP/101')
    const room = pbx.answer(anna)
    const boris = pbx.lift('102', '800')
    await until(async () => (await heard.calls()).length).toBe(2)
    pbx.enter(boris, room)
    const three = await heard.call({ state: 'talking', direction: 'inbound', from: client })
    expect(three.legs.map((leg) => [leg.user, leg.state])).toEqual([
      ['101', 'talking'],
      ['102', 'talking'],
    ])
    pbx.quit(boris)
    await until(async () => (await heard.calls()).flatMap((call) => call.legs.map((leg) => [leg.user, leg.state]))).toEqual([
      ['101', 'talking'],
      ['102', 'left'],
    ])
    pbx.hangUpAll(caller)
    await heard.call({ state: 'ended', outcome: 'answered', answeredBy: '101', direction: 'inbound', from: client })
  })

  test('hold and resume', async () => {
    const caller = fake.pbx.incoming(client, did)
    const phone = fake.pbx.dial(caller, 'PJSIP/101')
    fake.pbx.answer(phone)
    fake.pbx.hold(phone)
    await until(async () => (await heard.calls())[0]?.legs[0]?.state).toBe('held')
    fake.pbx.hold(phone, false)
    await until(async () => (await heard.calls())[0]?.legs[0]?.state).toBe('talking')
  })
})

describe('transfers', () => {
  test('blind: one call, over when the client has gone', async () => {
    const { pbx } = fake
    const caller = pbx.incoming(client, did)
    const anna = pbx.dial(caller, 'PJSIP/101')
    pbx.answer(anna)
    const boris = pbx.blindTransfer(anna, '102')
    if (!boris) throw new Error('nobody was transferred')
    await heard.call({ state: 'ringing' })
    pbx.answer(boris)
    await heard.call({ state: 'talking' })
    pbx.hangUpAll(caller)
    const call = await heard.call({ state: 'ended', outcome: 'answered', answeredBy: '101' })
    expect(call.legs.map((leg) => leg.user)).toEqual(['101', '102'])
  })

  test('attended: the question to a colleague and the call become one', async () => {
    const { pbx } = fake
    const caller = pbx.incoming(client, did)
    const anna = pbx.dial(caller, 'PJSIP/101')
    pbx.answer(anna)
    pbx.hold(anna)
    const asking = pbx.lift('101', '102')
    const boris = pbx.dial(asking, 'PJSIP/102')
    pbx.answer(boris)
    await until(async () => (await heard.calls()).length).toBe(2)
    pbx.hold(anna, false)
    pbx.attendedTransfer(anna, asking)
    await heard.call({ state: 'talking', direction: 'inbound' })
    pbx.hangUpAll(boris)
    await heard.call({ state: 'ended', outcome: 'answered', direction: 'inbound', from: client })
  })

  test('pickup: a colleague’s own call goes up in the one he takes', async () => {
    const { pbx } = fake
    const caller = pbx.incoming(client, did)
    const anna = pbx.dial(caller, 'PJSIP/101')
    const picker = pbx.lift('102', '*8')
    pbx.refuse(anna, 'CANCEL')
    pbx.bridge([caller, picker])
    await heard.call({ state: 'talking', direction: 'inbound', answeredBy: '102' })
  })
})

describe('click to call', () => {
  const request = { id: '01900000-0000-7000-8000-00000000000a', user: '101', to: `+${client}` }
  const place = async () => {
    return asterisk.placeCall?.(request, heard.channel, heard.hub)
  }

  test('rings the user, then the client; nobody is answered until the client is', async () => {
    const { pbx } = fake
    expect(await place()).toEqual({ callId: `hub-${request.id}` })
    await until(() => fake.originated.length).toBe(1)
    const [phone] = fake.originated
    if (!phone) throw new Error('nothing rings')
    pbx.pickUp(phone)
    const trunk = pbx.dial(phone, `PJSIP/${phone.exten}@trunk`)
    await heard.call({ state: 'ringing', direction: 'outbound', answeredAt: null })
    pbx.answer(trunk)
    pbx.hangUpAll(trunk)
    await heard.call({ state: 'ended', outcome: 'answered', answeredBy: '101' })
    const events = await heard.events()
    expect(events.every((event) => event.type === 'call' && event.requestId === request.id && event.callId === `hub-${request.id}`)).toBe(true)
    expect(fake.actions.filter((name) => name === 'Originate')).toHaveLength(1)
  })

  test.each([
    [3, 'cancelled'],
    [8, 'failed'],
  ] as const)('the user does not take it (reason %i): %s', async (reason, outcome) => {
    await place()
    await until(() => fake.originated.length).toBe(1)
    for (const phone of fake.originated) fake.pbx.ignore(phone, reason)
    await heard.call({ state: 'ended', outcome, direction: 'outbound' })
  })
})

describe('recordings', () => {
  const place = '2026/11/22/call.wav'

  test('expected while it is made, there when the call is over; a name from outside the folder is looked for by its bare name', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'switchboard-monitor-'))
    await mkdir(join(folder, '2026/11/22'), { recursive: true })
    await writeFile(join(folder, place), 'RIFF')
    await utimes(join(folder, place), new Date(0), new Date(0))
    const { pbx } = fake
    const caller = pbx.incoming(client, did)
    pbx.record(caller, `/var/spool/asterisk/monitor/${place}`)
    pbx.record(caller, '/var/spool/asterisk/monitor/../../../../etc/passwd')
    pbx.answer(pbx.dial(caller, 'PJSIP/101'))
    pbx.hangUpAll(caller)
    await heard.call({ state: 'ended' })
    const told = async () =>
      (await heard.events()).flatMap((event) => (event.type === 'recording' ? [[event.state, event.ref, event.recordingId]] : []))
    await until(told).toEqual([
      ['expected', place, 'call.wav'],
      ['expected', 'passwd', 'passwd'],
      ['available', place, 'call.wav'],
      ['available', 'passwd', 'passwd'],
    ])
    const channel = { ...heard.channel, settings: { ...heard.channel.settings, recordingsFolder: folder } }
    expect(Buffer.from((await asterisk.fetchMedia?.(place, channel, heard.hub))?.bytes ?? []).toString()).toBe('RIFF')
    await expect(asterisk.fetchMedia?.('../../etc/passwd', channel, heard.hub)).rejects.toMatchObject({ code: 'temporary' })
    await symlink('/etc/passwd', join(folder, 'link.wav'))
    await expect(asterisk.fetchMedia?.('link.wav', channel, heard.hub)).rejects.toMatchObject({ code: 'rejected' })
    await utimes(join(folder, place), new Date(), new Date())
    await expect(asterisk.fetchMedia?.(place, channel, heard.hub)).rejects.toMatchObject({ code: 'temporary', retryAfterMs: 3000 })
    await rm(folder, { recursive: true })
  })
})

test('a recording is silenced and heard again, on whichever channel of the call it runs', async () => {
  const { pbx } = fake
  const caller = pbx.incoming(client, did)
  const phone = pbx.dial(caller, 'PJSIP/101')
  pbx.answer(phone)
  const other = pbx.incoming('79990007788', did)
  pbx.record(other, 'other.wav')
  const ask = (name: 'pause_recording' | 'resume_recording') =>
    asterisk.controlCall?.({ name, callId: caller.linkedid, legId: phone.name }, heard.channel, heard.hub)
  await expect(ask('pause_recording')).rejects.toMatchObject({ code: 'rejected' })
  pbx.record(caller, 'call.wav')
  await ask('pause_recording')
  expect([caller.isSilenced, other.isSilenced]).toEqual([true, undefined])
  await ask('resume_recording')
  expect(caller.isSilenced).toBe(false)
})
