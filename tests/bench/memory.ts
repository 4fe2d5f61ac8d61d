import { setTimeout as sleep } from 'node:timers/promises'
import { type BenchHub, type Channel, startBenchHub } from './bench-hub.ts'
import { sendLoad } from './load.ts'
import { databaseMegabytes, hubMegabytes } from './process-figures.ts'
import { atMost, type BenchOptions, type Result } from './result.ts'

/** Time to ready with data, and memory at rest and after much work. */
export async function benchMemory({ isQuick }: BenchOptions): Promise<Result[]> {
  const [first, last] = isQuick ? [2_000, 20_000] : [10_000, 100_000]
  const hub = await startBenchHub()
  try {
    await sleep(10_000)
    const idle = { hub: hubMegabytes(hub), database: databaseMegabytes(hub) }
    const channel = await hub.addForm()
    await take(hub, channel, first)
    const early = hubMegabytes(hub)
    await take(hub, channel, last - first)
    const late = hubMegabytes(hub)
    const starts = [await hub.again('SIGTERM'), await hub.again('SIGTERM')]
    await sendLoad({ url: channel.hookUrl, connections: 20, amount: 1_000, clients: 1_000 })
    const afterKill = await hub.again('SIGKILL')
    return [
      atMost('f', 'start with data', Math.min(...starts) / 1000, 3, 's', `${last} deliveries`),
      atMost('f', 'start after kill -9 of hub and database', afterKill / 1000, 10, 's'),
      atMost('f', 'idle memory', idle.hub + idle.database, 320, 'MB', `hub ${idle.hub.toFixed(0)}, database ${idle.database.toFixed(0)}`),
      atMost(
        'f',
        `memory of the hub after ${last} deliveries : after ${first}`,
        late / early,
        1.2,
        '×',
        `${late.toFixed(0)} MB, was ${early.toFixed(0)} MB`,
      ),
    ]
  } finally {
    await hub.close()
  }
}

/** Takes and applies so many, and lets the dust settle. */
async function take(hub: BenchHub, channel: Channel, amount: number): Promise<void> {
  await sendLoad({ url: channel.hookUrl, connections: 20, amount, clients: 5_000 })
  await hub.applied()
  await sleep(5_000)
}
