import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { io } from 'socket.io-client'
import { apiKey, startBenchHub } from './bench-hub.ts'
import { generateClients, phoneOfClient } from './client-rows.ts'
import { atMost, type BenchOptions, quantile, type Result } from './result.ts'

const perSecond = 1_000
const clients = 20_000
const secret = 'bench-secret'
const facts = ['ringing', 'answered', 'ended'] as const
/** What a call is after each of them. */
const ranks: Record<string, number> = { ringing: 0, queued: 0, talking: 1, ended: 2 }

interface Live {
  items: { type: string; payload: { from?: string | null; state?: string } }[]
}

/** A busy PBX: a thousand events of calls a second, one in a request, each timed until a socket has its call as far as that event. Nothing may be lost. */
export async function benchCalls({ isQuick }: BenchOptions): Promise<Result[]> {
  const seconds = isQuick ? 8 : 30
  const hub = await startBenchHub()
  const agent = new Agent({ keepAlive: true, maxSockets: 50 })
  const socket = io(hub.process.url, { auth: { token: apiKey }, transports: ['websocket'], autoConnect: false })
  try {
    const form = await hub.addForm()
    await generateClients(hub.pool, form.id, 1, clients)
    const pbx = await hub.api<typeof form>('POST', '/channels', { connector: 'pbx-webhook', name: 'Bench', settings: { secret } })
    const waiting = new Map<string, { sentAt: (number | undefined)[] }>()
    const latencies: number[] = []
    socket.on('live', ({ items }: Live) => {
      const now = performance.now()
      for (const { type, payload } of items) {
        const call = type === 'call.changed' ? waiting.get(payload.from ?? '') : undefined
        const rank = ranks[payload.state ?? ''] ?? -1
        for (let fact = 0; call && fact <= rank; fact++) {
          const sentAt = call.sentAt[fact]
          if (sentAt === undefined) continue
          latencies.push(now - sentAt)
          call.sentAt[fact] = undefined
        }
      }
    })
    const isCurrent = new Promise<void>((resolve) => socket.once('current', () => resolve()))
    socket.connect()
    await isCurrent
    let refused = 0
    const send = (n: number, isMeasured: boolean) => {
      const [call, fact] = [Math.floor(n / facts.length), n % facts.length]
      const from = phoneOfClient(1 + (call % clients))
      const event = {
        event: facts[fact],
        callId: `bench-${call}`,
        direction: 'inbound',
        from,
        dialled: '+74950000000',
        extension: String(101 + (call % 50)),
      }
      const known = waiting.get(from) ?? { sentAt: [] }
      if (isMeasured) known.sentAt[fact] = performance.now()
      waiting.set(from, known)
      const body = JSON.stringify({ ...event, ...(fact === 2 && { outcome: 'answered' }) })
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), 'x-hub-key': secret }
      const sent = request(pbx.hookUrl, { method: 'POST', agent, headers }, (response) => {
        if (response.statusCode !== 200) refused++
        response.resume()
      })
      sent.on('error', () => refused++)
      sent.end(body)
    }
    const warmUp = perSecond * 2
    const total = warmUp + perSecond * seconds
    const started = performance.now()
    for (let n = 0; n < total; n++) {
      // The events of one call are a second apart: its calls run beside each other as in life.
      send(laterOf(n, total), n >= warmUp)
      const wait = started + ((n + 1) * 1000) / perSecond - performance.now()
      if (wait > 1) await sleep(wait)
    }
    const took = (performance.now() - started) / 1000
    await hub.applied()
    await sleep(1_000)
    const { rows } = await hub.pool.query<{ events: number; ended: number }>(
      `select (select count(*)::int from call_events) as events, (select count(*)::int from calls where state = 'ended') as ended`,
    )
    const lost = total - (rows[0]?.events ?? 0) + refused
    const unseen = [...waiting.values()].flatMap(({ sentAt }) => sentAt).filter((at) => at !== undefined).length
    const detail = `${(total / took).toFixed(0)}/s for ${took.toFixed(0)} s, ${rows[0]?.ended} calls`
    return [
      atMost('h', 'call event to socket, p99', quantile(latencies, 0.99), 500, 'ms', detail),
      atMost('h', 'call event to socket, median', quantile(latencies, 0.5), 250, 'ms'),
      {
        part: 'h',
        what: 'call events lost / not seen on the socket',
        seen: `${lost} / ${unseen}`,
        target: '0 / 0',
        isReached: lost === 0 && unseen === 0,
      },
    ]
  } finally {
    socket.close()
    agent.destroy()
    await hub.close()
  }
}

/** Rounds of a second: all that ring, then all that are answered, then all that end. */
function laterOf(n: number, total: number): number {
  const round = perSecond * facts.length
  const base = Math.floor(n / round) * round
  const size = Math.min(round, total - base)
  const calls = Math.ceil(size / facts.length)
  const within = n - base
  const [fact, call] = [Math.floor(within / calls), within % calls]
  return base + call * facts.length + fact
}
