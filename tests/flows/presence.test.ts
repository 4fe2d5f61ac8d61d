import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSockets } from '../../src/api/realtime/socket-server.ts'
import { newId } from '../../src/core/database/id.ts'
import { inTransaction } from '../../src/core/database/pool.ts'
import { appendLiveEvents } from '../../src/core/realtime/append-live-events.ts'
import { type ApiHub, startApiHub } from '../support/api-hub.ts'
import { testRedis } from '../support/redis.ts'

let hub: ApiHub
const conversationId = newId()
beforeAll(async () => {
  hub = await startApiHub()
  const contactId = newId()
  await hub.deps.pool.query('insert into contacts (id, card_id) values ($1, $1)', [contactId])
  await hub.deps.pool.query(
    `insert into conversations (id, contact_id, channel_id, medium, thread_key, last_entry_at) values ($1, $2, $3, 'chat', 'x', now())`,
    [conversationId, contactId, newId()],
  )
})
afterAll(() => hub.close())

/** One more process's worth of sockets on the same database. */
async function openProcess(redisUrl?: string) {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const sockets = await openSockets({ ...hub.deps, redisUrl, isOneOfMany: true }, server)
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: sockets.close }
}

async function connect(url: string, key: string): Promise<Socket> {
  const socket = io(url, { transports: ['websocket'], forceNew: true, auth: { token: key } })
  await new Promise((resolve) => socket.on('hello', resolve))
  return socket
}

async function meetOverTwoProcesses(redisUrl?: string): Promise<void> {
  const processes = await Promise.all([openProcess(redisUrl), openProcess(redisUrl)])
  // Two nodes of an adapter find each other by their first heartbeat.
  await pause(300)
  const keys = await Promise.all([hub.makeKey('operator'), hub.makeKey('manager')])
  const [ann, bob] = await Promise.all([0, 1].map((index) => connect(processes[index]?.url ?? '', keys[index]?.key ?? '')))
  if (!ann || !bob) throw new Error('no sockets')
  const seen: { userId: string }[] = []
  const live: string[] = []
  ann.on('presence', (presence: { userId: string }) => seen.push(presence))
  for (const socket of [ann, bob])
    socket.on('live', (page: { items: { subjectId: string }[] }) => live.push(...page.items.map((item) => item.subjectId)))
  ann.emit('look', conversationId)
  await pause(200)
  bob.emit('look', conversationId)
  let lookedAt = Date.now()
  const subjectId = newId()
  await inTransaction(hub.deps.pool, (tx) => appendLiveEvents(tx, [{ type: 'user.changed', subjectId, payload: {} }]))
  for (const end = Date.now() + 60_000; Date.now() < end && (seen.length === 0 || live.length < 2); await pause(10)) {
    // On a slow machine the two have not found each other yet.
    if (seen.length === 0 && Date.now() - lookedAt > 2_000) {
      lookedAt = Date.now()
      bob.emit('look', conversationId)
    }
  }
  // Who comes at the same moment is told and asked for.
  expect(new Set(seen.map((presence) => presence.userId))).toEqual(new Set([keys[1]?.id]))
  expect(live).toEqual([subjectId, subjectId])
  for (const socket of [ann, bob]) socket.close()
  await Promise.all(processes.map((one) => one.close()))
}

describe('two processes', () => {
  it('show colleagues to each other and each live event once, through PostgreSQL', () => meetOverTwoProcesses())

  it('do the same through Redis', async (context) => {
    const redis = await testRedis()
    if (!redis && process.env.CI) throw new Error('redis-server is not installed')
    if (!redis) return context.skip()
    await meetOverTwoProcesses(redis.url)
    await redis.close()
  })
})
