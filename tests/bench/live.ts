import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { io } from 'socket.io-client'
import { apiKey, startBenchHub } from './bench-hub.ts'
import { generateClients, phoneOfClient } from './client-rows.ts'
import { atMost, type BenchOptions, quantile, type Result } from './result.ts'

const perSecond = 200

interface Live {
  items: { type: string; payload: { text?: string } }[]
}

/** From the moment a form is sent to the moment an operator's socket has its entry, in a database of 100 000 clients. */
export async function benchLive({ isQuick }: BenchOptions): Promise<Result[]> {
  const clients = isQuick ? 20_000 : 100_000
  const hub = await startBenchHub()
  const agent = new Agent({ keepAlive: true, maxSockets: 20 })
  const socket = io(hub.process.url, { auth: { token: apiKey }, transports: ['websocket'], autoConnect: false })
  try {
    const channel = await hub.addForm()
    await generateClients(hub.pool, channel.id, 1, clients)
    const sentAt = new Map<string, number>()
    const latencies: number[] = []
    socket.on('live', ({ items }: Live) => {
      const now = performance.now()
      for (const { type, payload } of items) {
        const at = type === 'entry.created' ? sentAt.get(payload.text ?? '') : undefined
        if (at !== undefined) latencies.push(now - at)
      }
    })
    const isCurrent = new Promise<void>((resolve) => socket.once('current', () => resolve()))
    socket.connect()
    await isCurrent
    const seconds = isQuick ? 5 : 20
    const post = (n: number, isMeasured: boolean) => {
      const message = `measured ${n}`
      if (isMeasured) sentAt.set(message, performance.now())
      const body = JSON.stringify({ name: 'Anna', phone: phoneOfClient(1 + ((n * 37) % clients)), message })
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
      const sent = request(channel.hookUrl, { method: 'POST', agent, headers }, (response) => response.resume())
      sent.on('error', (error) => process.stderr.write(`${error.message}\n`))
      sent.end(body)
    }
    // The first two seconds fill caches and are not counted.
    const started = performance.now()
    for (let n = 0; n < perSecond * (seconds + 2); n++) {
      post(n, n >= perSecond * 2)
      const wait = started + ((n + 1) * 1000) / perSecond - performance.now()
      if (wait > 0) await sleep(wait)
    }
    await hub.applied()
    await sleep(1000)
    const missing = sentAt.size - latencies.length
    const detail = `${perSecond}/s, ${clients} contacts, ${latencies.length} events`
    return [
      atMost('c', 'door to socket, median', quantile(latencies, 0.5), 15, 'ms', detail),
      atMost('c', 'door to socket, p99', quantile(latencies, 0.99), 80, 'ms'),
      { part: 'c', what: 'events that did not come', seen: String(missing), target: '0', isReached: missing === 0 },
    ]
  } finally {
    socket.close()
    agent.destroy()
    await hub.close()
  }
}
