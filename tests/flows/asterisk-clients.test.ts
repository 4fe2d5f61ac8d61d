import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type FakeAsterisk, fakeAsterisk } from '../support/fake-asterisk/fake-asterisk.ts'

const folder = join(import.meta.dirname, '../support/fake-asterisk')
const clients = [
  {
    name: 'Telephony::Asterisk::AMI',
    command: 'perl',
    probe: ['-MTelephony::Asterisk::AMI', '-e', '1'],
    script: join(folder, 'independent-client.pl'),
  },
  { name: 'panoramisk', command: '/usr/bin/python3', probe: ['-c', 'import panoramisk'], script: join(folder, 'independent_client.py') },
]

let fake: FakeAsterisk
beforeEach(async () => {
  fake = await fakeAsterisk()
})
afterEach(() => fake.close())

describe.each(clients)('the simulator as $name sees it', ({ name, command, probe, script }) => {
  test('lets it in, answers it and tells it of a call', async (context) => {
    const isThere = spawnSync(command, probe).status === 0
    if (!isThere && process.env.CI) throw new Error(`${name} is not installed`)
    if (!isThere) return context.skip()
    const { pbx } = fake
    const earlier = pbx.incoming('79990003344', '74950000000')
    const client = spawn(command, [script, String(fake.port), fake.settings.secret])
    let said = ''
    client.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
    client.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
    const ended = new Promise((resolve) => client.on('close', resolve))
    const until = (text: string) => expect.poll(() => said, { timeout: 60_000 }).toContain(text)
    await until('in\n')
    await until('CoreShowChannels ')
    const caller = pbx.incoming('79990001122', '74950000000')
    const phone = pbx.dial(caller, 'PJSIP/101')
    pbx.answer(phone)
    pbx.hangUpAll(caller)
    await ended
    const told = said.split('\n').filter((line) => line.endsWith(` ${caller.linkedid}`))
    expect(told[0]).toBe(`Newchannel ${caller.name} ${caller.uniqueid} ${caller.linkedid}`)
    expect(told.filter((line) => line.includes(phone.uniqueid))[0]).toBe(`Newchannel ${phone.name} ${phone.uniqueid} ${caller.linkedid}`)
    for (const event of ['Newstate', 'DialBegin', 'DialEnd', 'BridgeEnter', 'BridgeLeave']) expect(said).toContain(`\n${event} `)
    expect(said).toMatch(/\nCdr PJSIP\/trunk-/)
    expect(earlier.isGone).toBe(false)
  })
})

test('the simulator refuses Telephony::Asterisk::AMI with another secret', async (context) => {
  const [perl] = clients
  if (!perl || spawnSync(perl.command, perl.probe).status !== 0) return context.skip()
  expect(await outputOf(perl.command, [perl.script, String(fake.port), 'another'])).toBe('refused: Login failed: Authentication failed\n')
})

async function outputOf(command: string, args: string[]): Promise<string> {
  const child = spawn(command, args)
  let stdout = ''
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString()
  })
  await new Promise((resolve) => child.on('close', resolve))
  return stdout
}
