import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
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

describe('while nobody listened', () => {
  const healed = async () => {
    const folder = await mkdtemp(join(tmpdir(), 'switchboard-cdr-'))
    const cdrFile = join(folder, 'Master.csv')
    await writeFile(cdrFile, `${fake.pbx.cdr.join('\n')}\n`)
    const channel = { ...heard.channel, settings: { ...heard.channel.settings, cdrFile } }
    await asterisk.history?.({ from: new Date(Date.now() - 3_600_000), to: new Date(Date.now() + 60_000) }, channel, heard.hub)
    await rm(folder, { recursive: true })
  }
  const away = async (meanwhile: () => void) => {
    fake.refuseConnections(true)
    fake.drop()
    await until(() => fake.listeners()).toBe(0)
    meanwhile()
    fake.refuseConnections(false)
    await until(() => fake.listeners()).toBe(1)
  }

  test('a call answered and ended meanwhile is healed by the CDR', async () => {
    const { pbx } = fake
    const began = Date.now()
    const caller = pbx.incoming(client, did)
    const phone = pbx.dial(caller, 'PJSIP/101')
    await heard.call({ state: 'ringing' })
    await away(() => {
      pbx.now = () => began + 10_000
      pbx.answer(phone)
      pbx.now = () => began + 70_000
      pbx.hangUpAll(caller)
    })
    await heard.call({ state: 'ended', outcome: null })
    await healed()
    await heard.call({ state: 'ended', outcome: 'answered', answeredBy: '101', talkSeconds: 60 })
  })

  test('a call that nobody heard of is there', async () => {
    await away(() => fake.pbx.hangUpAll(fake.pbx.incoming(client, did)))
    await healed()
    await heard.call({ state: 'ended', outcome: 'missed', direction: 'inbound', from: client, dialled: `+${did}` })
  })

  test('a call that goes on is found again, and its end seen', async () => {
    const { pbx } = fake
    const caller = pbx.incoming(client, did)
    const phone = pbx.dial(caller, 'PJSIP/101')
    await heard.call({ state: 'ringing' })
    await away(() => pbx.answer(phone))
    await heard.call({ state: 'talking', answeredBy: '101' })
    pbx.hangUpAll(caller)
    await heard.call({ state: 'ended', outcome: 'answered' })
  })

  test('a restart forgets no running call', async () => {
    const caller = fake.pbx.incoming(client, did)
    await heard.call({ state: 'ringing' })
    const later = heard.reopen()
    fake.pbx.hangUpAll(caller)
    await later
    await heard.call({ state: 'ended' })
  })
})

describe('misbehaving', () => {
  test('repeated, late and shuffled: the same call', async () => {
    const { pbx } = fake
    const sendAll = fake.keepBack()
    const caller = pbx.incoming(client, did)
    pbx.joinQueue(caller, 'sales')
    const phone = pbx.dial(caller, 'PJSIP/101')
    pbx.answer(phone)
    pbx.hangUpAll(caller)
    sendAll((events) => {
      const hangups = events.filter(([first]) => first?.[1] === 'Hangup')
      const others = events.filter(([first]) => first?.[1] !== 'Hangup')
      return [...others.toReversed(), ...others, ...hangups, ...hangups]
    })
    await heard.call({
      state: 'ended',
      outcome: 'answered',
      direction: 'inbound',
      queue: 'sales',
      answeredBy: '101',
      from: client,
      dialled: `+${did}`,
    })
  })

  test('a refused secret asks for a person and is not tried again', async () => {
    const other = await fakeAsterisk({ secret: 'changed' })
    const refused = await hearAsterisk(other, { secret: 'old' })
    await until(() => refused.reports.map((report) => report.state)).toEqual(['attention'])
    expect(refused.reports[0]?.detail?.ru).toMatch(/не принимает/)
    const before = other.actions.length
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(other.actions.length).toBe(before)
    await refused.close()
    await other.close()
  })

  test('over TLS, with the certificate that Asterisk made itself, and not without it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'switchboard-ami-tls-'))
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=pbx']
    execFileSync('openssl', [...made, '-keyout', key, '-out', cert], { stdio: 'ignore' })
    const certificate = await readFile(cert, 'utf8')
    const other = await fakeAsterisk({ tls: { key: await readFile(key, 'utf8'), cert: certificate } })
    const trusting = await hearAsterisk(other, { tls: true, certificate })
    await until(() => trusting.reports.at(-1)?.state).toBe('ok')
    const strict = await hearAsterisk(other, { tls: true })
    await until(() => strict.reports.at(-1)?.detail?.en).toMatch(/certificate/)
    await trusting.close()
    await strict.close()
    await other.close()
    await rm(folder, { recursive: true })
  })

  test('a packet without an end is cut off, not collected', async () => {
    fake.write(`Event: ${'x'.repeat(300_000)}`)
    await until(() => heard.reports.map((report) => report.state)).toContain('retrying')
    await until(() => heard.reports.at(-1)?.state).toBe('ok')
  })

  test('a thousand calls at once go through, several events in one delivery', async () => {
    for (let index = 0; index < 1000; index += 1) fake.pbx.hangUpAll(fake.pbx.incoming(String(79_990_000_000 + index), did))
    await until(async () => (await heard.calls()).filter((call) => call.outcome === 'missed').length).toBe(1000)
    expect(heard.deliveries.length).toBeLessThan(1000)
  })

  test('a server that falls silent is left, and found again', async () => {
    await heard.close()
    heard = await hearAsterisk(fake, {}, { firstWaitMs: 20, longestWaitMs: 50, pingEveryMs: 20, answerMs: 2_000 })
    await until(() => heard.reports.at(-1)?.state).toBe('ok')
    fake.fallSilent(true)
    await until(() => heard.reports.at(-1)?.detail?.en).toMatch(/too long/)
    fake.fallSilent(false)
    await until(() => heard.reports.at(-1)?.state).toBe('ok')
    fake.pbx.hangUpAll(fake.pbx.incoming(client, did))
    await heard.call({ state: 'ended' })
  })

  test('what cannot be stored is kept, in order, until it can', async () => {
    heard.fail(true)
    const caller = fake.pbx.incoming(client, did)
    const phone = fake.pbx.dial(caller, 'PJSIP/101')
    fake.pbx.answer(phone)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(heard.deliveries).toEqual([])
    heard.fail(false)
    await heard.call({ state: 'talking', answeredBy: '101' })
  })
})
