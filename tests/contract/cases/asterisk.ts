import { setTimeout as wait } from 'node:timers/promises'
import { fakeAsterisk } from '../../support/fake-asterisk/fake-asterisk.ts'
import { type Bench, type ContractCase, caught, type FailureCase } from '../case.ts'

const settings = { host: '127.0.0.1', username: 'hub', secret: 'secret-of-the-contract' }
const request = { id: '01900000-0000-7000-8000-000000000001', user: '101', to: '+79990001122' }

export const asterisk: ContractCase = {
  settings,
  failures: [
    { name: 'a wrong secret on check', code: 'auth_failed', provoke: checkWithWrongSecret },
    { name: 'nobody listens', code: 'temporary', provoke: async (bench) => check(bench, await bench.closedPort()) },
    {
      name: 'something else listens',
      code: 'temporary',
      provoke: async (bench) => check(bench, await bench.tcpVendor((socket) => socket.write('220 smtp\r\n'))),
    },
    { name: 'click to call with nobody listening', code: 'temporary', provoke: async (bench) => place(bench, await bench.closedPort()) },
    { name: 'an Originate that breaks off', code: 'outcome_unknown', provoke: (bench) => answerOriginate(bench, undefined) },
    refusal('Permission denied', 'rejected'),
    refusal('Extension does not exist.', 'invalid_recipient'),
    refusal('Originate failed', 'rejected'),
    { name: 'a recording and no folder', code: 'unsupported', provoke: (bench) => recording(bench, {}) },
    { name: 'a recording that is not there yet', code: 'temporary', provoke: (bench) => recording(bench, { recordingsFolder: '/nonexistent' }) },
  ],
  sessions: [
    { name: 'listening', open: listenToOne },
    { name: 'nobody listens', open: async (bench) => open(bench, await bench.closedPort()) },
    { name: 'a refused secret', open: listenWithWrongSecret },
  ],
}

async function check(bench: Bench, port: number): Promise<unknown> {
  return bench.connector.check(bench.channel({ ...settings, port }).settings, bench.hub)
}

async function checkWithWrongSecret(bench: Bench): Promise<unknown> {
  const fake = await fakeAsterisk({ secret: 'another secret' })
  return check(bench, fake.port).finally(() => fake.close())
}

async function place(bench: Bench, port: number): Promise<unknown> {
  return caught(bench.connector.placeCall?.(request, bench.channel({ ...settings, port }), bench.hub) ?? Promise.resolve())
}

function refusal(message: string, code: FailureCase['code']): FailureCase {
  return { name: `an Originate refused: ${message}`, code, provoke: (bench) => answerOriginate(bench, message) }
}

/** Lets everybody in, and answers the third action as told, or cuts the line. */
async function answerOriginate(bench: Bench, message: string | undefined): Promise<unknown> {
  const port = await bench.tcpVendor((socket) => {
    socket.write('Asterisk Call Manager/9.0.0\r\n')
    socket.on('data', (chunk) => {
      const text = chunk.toString()
      const id = /ActionID: (\S+)/.exec(text)?.[1]
      if (!text.startsWith('Action: Originate')) socket.write(`Response: Success\r\nActionID: ${id}\r\nChallenge: 1234\r\n\r\n`)
      else if (message === undefined) socket.destroy()
      else socket.write(`Response: Error\r\nActionID: ${id}\r\nMessage: ${message}\r\n\r\n`)
    })
  })
  return place(bench, port)
}

async function recording(bench: Bench, more: object): Promise<unknown> {
  return caught(bench.connector.fetchMedia?.('2026/01/02/a.wav', bench.channel({ ...settings, ...more }), bench.hub) ?? Promise.resolve())
}

async function listenToOne(bench: Bench) {
  const fake = await fakeAsterisk({ secret: settings.secret })
  const session = open(bench, fake.port)
  while (fake.listeners() === 0) await wait(5)
  fake.pbx.incoming('79990001122', '74950000000')
  return {
    async close() {
      await session.close()
      await fake.close().catch(() => undefined)
    },
  }
}

async function listenWithWrongSecret(bench: Bench) {
  const fake = await fakeAsterisk({ secret: 'another secret' })
  const session = open(bench, fake.port)
  while (!fake.actions.includes('Login')) await wait(5)
  return {
    async close() {
      await session.close()
      await fake.close().catch(() => undefined)
    },
  }
}

function open(bench: Bench, port: number) {
  const session = bench.connector.open?.(bench.channel({ ...settings, port }), bench.hub)
  if (!session) throw new Error('asterisk has lost its ability to open')
  return session
}
