import { drainHeld } from './applying.ts'
import { type BenchHub, type Channel, startBenchHub } from './bench-hub.ts'
import { clientRowId, generateClients, phoneOfClient } from './client-rows.ts'
import { atMost, type BenchOptions, quantile, type Result } from './result.ts'

const few = 10_000

interface Costs {
  applying: number
  lookup: number
  page: number
}

/** The same work on 10 000 clients and, in the same database grown, on a million. */
export async function benchScale({ isQuick }: BenchOptions): Promise<Result[]> {
  const many = isQuick ? 200_000 : 1_000_000
  const hub = await startBenchHub()
  try {
    const channel = await hub.addForm()
    await generateClients(hub.pool, channel.id, 1, few)
    const before = await costs(hub, channel, few)
    const step = 100_000
    for (let from = few + 1; from <= many; from += step) await generateClients(hub.pool, channel.id, from, Math.min(from + step - 1, many))
    await hub.pool.query('checkpoint')
    const after = await costs(hub, channel, many)
    const ratio = (what: string, name: keyof Costs) =>
      atMost(
        'd',
        `${what}: ${many} contacts : ${few}`,
        after[name] / before[name],
        1.3,
        '×',
        `${after[name].toFixed(2)} ms, was ${before[name].toFixed(2)} ms`,
      )
    return [ratio('applying a delivery', 'applying'), ratio('look-up of a phone', 'lookup'), ratio('page of a timeline', 'page')]
  } finally {
    await hub.close()
  }
}

/** ms each: processor time of a delivery applied, and the medians of calls over the API. */
async function costs(hub: BenchHub, channel: Channel, clients: number): Promise<Costs> {
  await drainHeld(hub, channel, 1_000)
  const amount = 5_000
  const { cpu } = await drainHeld(hub, channel, amount)
  const numbers = Array.from({ length: 300 }, (_, index) => 1 + ((index * 7919) % clients))
  return {
    applying: (cpu.hub + cpu.database) / amount,
    lookup: await median(numbers, async (n) => {
      const { items } = await hub.api<{ items: object[] }>('GET', `/contacts?query=${encodeURIComponent(phoneOfClient(n))}`)
      if (items.length !== 1) throw new Error(`${items.length} contacts have the phone of client ${n}`)
    }),
    page: await median(numbers, (n) => hub.api('GET', `/contacts/${clientRowId('contact', n)}/timeline`)),
  }
}

async function median(numbers: number[], call: (n: number) => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (const n of numbers) {
    const at = performance.now()
    await call(n)
    times.push(performance.now() - at)
  }
  return quantile(times.slice(100), 0.5)
}
