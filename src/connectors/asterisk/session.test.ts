import { afterEach, expect, test } from 'vitest'
import { type Fields, startAmiServer } from '../../../tests/support/fake-asterisk/ami-server.ts'
import { fakeAsterisk } from '../../../tests/support/fake-asterisk/fake-asterisk.ts'
import type { Session } from '../../core/connector/connector.ts'
import type { InboundEvent } from '../../core/connector/event.ts'
import type { Hub } from '../../core/connector/hub.ts'
import { mostEvents } from '../../core/intake/read-events.ts'
import { normalise } from './inbound.ts'
import { openSession } from './session.ts'
import { settings } from './settings.ts'

const account = { host: '127.0.0.1', username: 'hub', secret: 'ami-secret', international: true }
const closing: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const one of closing.splice(0)) await one.close()
})

/** Listens to whoever speaks AMI at that port. */
function listen(port: number) {
  const read = settings.parse({ ...account, port })
  const readings: InboundEvent[][] = []
  const mood = { isFailing: false, isOk: false, tries: 0 }
  const ignore = () => undefined
  const hub: Hub = {
    deliver: async (raw) => {
      mood.tries += 1
      if (mood.isFailing) throw new Error('nothing can be stored')
      readings.push(normalise({ ...raw, receivedAt: new Date() }, read))
    },
    report: ({ state }) => {
      mood.isOk = state === 'ok'
    },
    state: { get: async () => undefined, set: async () => undefined },
    logger: { debug: ignore, info: ignore, warn: ignore, error: ignore },
    clock: { now: () => new Date() },
    fetch,
  }
  const session: Session = openSession({ id: 'c', key: 'k', settings: read, hookUrl: 'http://hub.example' }, hub)
  closing.push(session)
  return { mood, readings, session }
}

test('what waited for the database, a crowd of calls with their recordings, is stored in deliveries that can be read', async () => {
  const fake = await fakeAsterisk()
  closing.push(fake)
  const { mood, readings } = listen(fake.port)
  await expect.poll(() => mood.isOk).toBe(true)
  mood.isFailing = true
  for (let index = 0; index < 1500; index += 1) {
    const caller = fake.pbx.incoming(String(79_990_000_000 + index), '74950000000')
    fake.pbx.record(caller, `${index}.wav`)
    fake.pbx.hangUpAll(caller)
  }
  await new Promise((resolve) => setTimeout(resolve, 300))
  mood.isFailing = false
  const isTold = (event: InboundEvent) => event.type === 'recording' && event.state === 'available'
  await expect.poll(() => readings.flat().filter(isTold).length).toBe(1500)
  expect(Math.max(...readings.map((events) => events.length))).toBeLessThanOrEqual(mostEvents)
})

test('closing does not wait for a database that is away: what could not be stored at once is left to the CDR', async () => {
  const fake = await fakeAsterisk()
  closing.push(fake)
  const { mood, session } = listen(fake.port)
  await expect.poll(() => mood.isOk).toBe(true)
  mood.isFailing = true
  for (let index = 0; index < 1500; index += 1) fake.pbx.hangUpAll(fake.pbx.incoming(String(79_990_000_000 + index), '74950000000'))
  await expect.poll(() => mood.tries).toBeGreaterThan(0)
  const before = mood.tries
  await session.close()
  expect(mood.tries - before).toBeLessThanOrEqual(1)
})

test('a call that begins while the list of channels is on its way is not over', async () => {
  const begun: Fields = [
    ['Event', 'Newchannel'],
    ['Channel', 'PJSIP/trunk-00000001'],
    ['ChannelState', 4],
    ['CallerIDNum', '79990001122'],
    ['Exten', '74950000000'],
    ['Uniqueid', 'pbx1-1700000000.1'],
    ['Linkedid', 'pbx1-1700000000.1'],
  ]
  const over: Fields = [
    ['Event', 'CoreShowChannelsComplete'],
    ['ListItems', 0],
  ]
  const server = await startAmiServer({
    ...account,
    act: () => ({ response: [['Response', 'Success']], list: [begun, over] }),
  })
  closing.push(server)
  const { readings } = listen(server.port)
  const facts = () => readings.flat().map((event) => event.type === 'call' && event.fact)
  await expect.poll(facts).toEqual(['started'])
  server.tell([...begun.map(([name, value]): Fields[number] => [name, name === 'Event' ? 'Hangup' : value])])
  await expect.poll(facts).toEqual(['started', 'ended'])
})
