import { expect, it } from 'vitest'
import { emptyMemory, recordingHub } from '../../../../tests/support/recording-hub.ts'
import { breakLoop } from './loop-breaker.ts'

it('lets ten automatic letters an hour go to one address, and counts each address for itself', async () => {
  let now = Date.UTC(2026, 10, 22)
  const hub = { ...recordingHub(emptyMemory()), clock: { now: () => new Date(now) } }
  for (let count = 0; count < 10; count += 1) await breakLoop('Ivan@Client.example', hub)
  await expect(breakLoop('ivan@client.example', hub)).rejects.toMatchObject({ code: 'blocked' })
  await breakLoop('anna@client.example', hub)
  now += 3_600_000
  await breakLoop('ivan@client.example', hub)
})

it('lets none go to a robot', async () => {
  for (const robot of ['no-reply@shop.example', 'MAILER-DAEMON@mx.example', 'postmaster@shop.example'])
    await expect(breakLoop(robot, recordingHub(emptyMemory())), robot).rejects.toMatchObject({ code: 'blocked' })
})
