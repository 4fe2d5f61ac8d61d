import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type ChatSocket, type ChatVisitor, openVisitor } from '../support/chat-visitor.ts'
import { emptyDatabase } from '../support/database.ts'
import { freePort, type HubProcess, startHub } from '../support/hub-process.ts'

// kill -9 in the middle of conversations in the chat of a site: every page repeats what it heard no answer to, and comes back with its place.

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const key = 'chaos-administrator-key-of-the-chat'
const visitorCount = 3
const kills = 2

let database: Awaited<ReturnType<typeof emptyDatabase>>
let folder: string
let env: Record<string, string>
let hub: HubProcess

beforeAll(async () => {
  database = await emptyDatabase()
  folder = await mkdtemp(join(tmpdir(), 'hub-chat-kill-'))
  env = { DATA_DIR: folder, DATABASE_URL: database.url, PORT: String(await freePort()), ADMIN_API_KEY: key, LOG_LEVEL: 'fatal' }
  hub = await startHub({ env })
})
afterAll(async () => {
  await hub.end()
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

async function api<Body>(method: string, path: string, body?: object): Promise<Body> {
  const response = await fetch(`${hub.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(20_000),
  })
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as Body
}

/** As a page does: the same again until it is heard. */
async function untilHeard<Value>(attempt: () => Promise<Value | undefined>): Promise<Value> {
  for (const until = Date.now() + 60_000; Date.now() < until; await sleep(50)) {
    const value = await attempt().catch(() => undefined)
    if (value !== undefined) return value
  }
  throw new Error('the hub did not come back')
}

/** A page that says one thing after the other, and keeps its line with the place it has got to. */
function talk(visitor: ChatVisitor) {
  const said: string[] = []
  const heard: string[] = []
  let isHushed = false
  let isStopped = false
  let after: string | null = null
  async function speak(): Promise<void> {
    for (let number = 0; !isHushed; number++) {
      const text = `${visitor.id.slice(0, 8)} says ${number}`
      const id = randomUUID()
      await untilHeard(async () => ((await visitor.post({ type: 'message', text }, id)) === 200 ? true : undefined))
      said.push(text)
      await sleep(150)
    }
  }
  let line: ChatSocket | undefined
  async function listen(): Promise<void> {
    while (!isStopped) {
      const open = await visitor.connect(after).catch(() => undefined)
      if (open) {
        line = open
        await open.closed
        for (const one of open.heard) {
          if (one.is !== 'answers') continue
          after = one.after
          heard.push(...one.items.map(({ text }) => text))
        }
        line = undefined
      }
      await sleep(50)
    }
  }
  const running = [speak(), listen()]
  return {
    visitor,
    said,
    /** Ends both, with all that the line has brought until then. */
    async stop() {
      isHushed = true
      isStopped = true
      line?.close()
      await Promise.all(running)
      return heard
    },
    hears: () => heard.length + (line?.answers().length ?? 0),
    /** Says nothing more and goes on listening. */
    hush() {
      isHushed = true
    },
  }
}

interface Message {
  id: string
  direction: string
  status: string | null
  text: string
}

const messagesOf = async (id: string) => (await api<{ items: Message[] }>('GET', `/conversations/${id}/messages?limit=200`)).items

/** An operator who answers every conversation again and again; of an answer whose fate he does not know he looks whether it stands there. */
function answerAll(conversations: string[]) {
  const written = new Map<string, string[]>(conversations.map((id) => [id, []]))
  let isStopped = false
  async function write(): Promise<void> {
    for (let number = 0; !isStopped; number++) {
      for (const id of conversations) {
        const text = `answer ${number}`
        let isSure = true
        await untilHeard(async () => {
          if (!isSure && (await messagesOf(id)).some((one) => one.text === text)) return true
          isSure = false
          await api('POST', `/conversations/${id}/messages`, { text })
          return true
        })
        written.get(id)?.push(text)
      }
      await sleep(250)
    }
  }
  const running = write()
  return {
    written,
    async stop() {
      isStopped = true
      await running
    },
  }
}

test('kill -9 in the middle of conversations loses no word and doubles none, in either direction', async () => {
  const channel = await api<{ id: string; hookUrl: string }>('POST', '/channels', {
    connector: 'site-chat',
    name: 'Chat',
    settings: { maxPerMinute: 1_000, maxPerAddress: 100_000 },
  })
  const at = { hookUrl: `${hub.url}${new URL(channel.hookUrl).pathname}` }
  const visitors = await Promise.all(Array.from({ length: visitorCount }, () => openVisitor(hub, at)))
  for (const visitor of visitors) await visitor.post({ type: 'message', text: 'hello' })
  const conversationsOf = () => api<{ items: { id: string }[] }>('GET', `/conversations?channelId=${channel.id}&limit=50`)
  await expect.poll(async () => (await conversationsOf()).items.length, { timeout: 60_000 }).toBe(visitorCount)
  const operator = answerAll((await conversationsOf()).items.map(({ id }) => id))
  const talks = visitors.map(talk)
  const progress = () => [...talks.map(({ said }) => said.length), ...[...operator.written.values()].map(({ length }) => length)]
  for (let kill = 0; kill < kills; kill++) {
    const before = progress()
    await expect.poll(() => progress().every((count, index) => count > (before[index] ?? 0) + 3), { timeout: 60_000 }).toBe(true)
    await hub.end('SIGKILL')
    hub = await startHub({ env })
  }
  await operator.stop()
  for (const one of talks) one.hush()
  const counts = [...operator.written.values()].map(({ length }) => length)
  const total = counts.reduce((sum, count) => sum + count, 0)
  // What was being sent when the hub died leaves by itself once its sender is known to be gone.
  await expect.poll(() => talks.reduce((sum, one) => sum + one.hears(), 0), { timeout: 90_000, interval: 200 }).toBe(total)
  for (const one of talks) {
    const heard = await one.stop()
    const ownAnswers = [...operator.written.values()].find(({ length }) => length === heard.length)
    expect(heard).toEqual(ownAnswers)
    const told = async (isOwn: boolean) => (await wholeHistory(one.visitor)).filter((said) => said.isOwn === isOwn).map(({ text }) => text)
    // What was said last may be stored and not yet applied.
    await expect.poll(() => told(true)).toEqual(['hello', ...one.said])
    // One that was being sent when the hub died is sent again, and not in the history while it waits for that.
    await expect.poll(() => told(false)).toEqual(heard)
  }
  const statuses = async () => {
    const all = await Promise.all([...operator.written.keys()].map(messagesOf))
    return [...new Set(all.flat().flatMap(({ direction, status }) => (direction === 'outbound' ? [status] : [])))]
  }
  await expect.poll(statuses, { timeout: 60_000 }).toEqual(['sent'])
  expect(total).toBeGreaterThan(kills * visitorCount * 3)
})

async function wholeHistory(visitor: ChatVisitor) {
  const pages = [await visitor.history()]
  for (let last = pages.at(-1); last?.before; last = pages.at(-1)) pages.push(await visitor.history(last.before))
  return pages.flatMap(({ items }) => items).toReversed()
}
