import { setTimeout as sleep } from 'node:timers/promises'
import { type BenchHub, type Channel, startBenchHub } from './bench-hub.ts'
import { sendLoad } from './load.ts'
import { cpuMs } from './process-figures.ts'
import { atLeast, atMost, type BenchOptions, type Result } from './result.ts'

const clients = 5_000

/** How fast what is stored becomes cards, conversations, entries and live events. */
export async function benchApplying({ isQuick }: BenchOptions): Promise<Result[]> {
  const hub = await startBenchHub()
  try {
    const channel = await hub.addForm()
    await sendLoad({ url: channel.hookUrl, connections: 20, amount: 2_000, clients })
    await hub.applied()
    const amount = isQuick ? 10_000 : 30_000
    const { rate, cpu } = await drainHeld(hub, channel, amount)
    const cost = (ms: number) => (ms / amount).toFixed(2)
    const backlogs = await backlogsAt(hub, channel, 500, isQuick ? 10 : 20)
    const half = backlogs.slice(Math.floor(backlogs.length / 2))
    return [
      atLeast('b', 'applying', rate, 1000, `processor time each: hub ${cost(cpu.hub)} ms, database ${cost(cpu.database)} ms`, 'deliveries/s'),
      atMost('b', 'largest backlog at a steady 500/s', Math.max(...half), 500, 'deliveries', 'second half of the run'),
    ]
  } finally {
    await hub.close()
  }
}

/** Held while the channel is paused, so that nothing but applying is measured once it is resumed. `rate` is per second, of items where requests hold a `batch`. */
export async function drainHeld(
  hub: BenchHub,
  channel: Channel,
  amount: number,
  batch?: number,
): Promise<{ rate: number; cpu: ReturnType<typeof cpuMs> }> {
  await hub.api('POST', `/channels/${channel.id}/pause`)
  const requests = batch === undefined ? amount : Math.ceil(amount / batch)
  await sendLoad({ url: channel.hookUrl, connections: 20, amount: requests, clients, ...(batch !== undefined && { batch }) })
  const before = cpuMs(hub)
  const at = performance.now()
  await hub.api('POST', `/channels/${channel.id}/resume`)
  await hub.applied()
  const seconds = (performance.now() - at) / 1000
  const after = cpuMs(hub)
  return { rate: amount / seconds, cpu: { hub: after.hub - before.hub, database: after.database - before.database } }
}

async function backlogsAt(hub: BenchHub, channel: Channel, rate: number, seconds: number): Promise<number[]> {
  const load = sendLoad({ url: channel.hookUrl, connections: 20, seconds, rate, clients })
  const backlogs: number[] = []
  for (let second = 0; second < seconds; second++) {
    await sleep(1000)
    backlogs.push(await hub.backlog())
  }
  await load
  return backlogs
}
