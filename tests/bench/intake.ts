import { fork } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { type BenchHub, type Channel, startBenchHub } from './bench-hub.ts'
import { type LoadResult, sendLoad } from './load.ts'
import { atLeast, type BenchOptions, quantile, type Result } from './result.ts'

const connections = 50
const clients = 20_000

/** The hub's door against bare servers on the same PostgreSQL, in turns; the hub applies all the while, and drains before the next turn. */
export async function benchIntake({ isQuick }: BenchOptions): Promise<Result[]> {
  const seconds = isQuick ? 5 : 20
  const rounds = isQuick ? 1 : 2
  const hub = await startBenchHub()
  try {
    const channel = await hub.addForm()
    await sendLoad({ url: channel.hookUrl, connections, seconds: 2, clients })
    await hub.applied()
    const runs = { batch: [] as LoadResult[], single: [] as LoadResult[], hub: [] as LoadResult[] }
    const drains: number[] = []
    for (let round = 0; round < rounds; round++) {
      runs.batch.push(await loadBare(hub, 'batch', seconds))
      runs.single.push(await loadBare(hub, 'single', seconds))
      const burst = await loadHub(hub, channel, seconds)
      runs.hub.push(burst.load)
      drains.push(burst.drainedPerSecond)
    }
    const ours = typical(runs.hub)
    const detail = (name: string, bare: number) => `hub ${ours.toFixed(0)}/s, ${name} ${bare.toFixed(0)}/s`
    const failed = runs.hub.reduce((sum, run) => sum + run.failed, 0)
    return [
      atLeast('a', 'intake : bare adaptive batch', ours / typical(runs.batch), 0.6, detail('bare', typical(runs.batch))),
      atLeast('a', 'intake : bare single insert', ours / typical(runs.single), 1, detail('bare', typical(runs.single))),
      { part: 'a', what: 'answers other than 2xx', seen: String(failed), target: '0', isReached: failed === 0 },
      atLeast('a', 'draining after the burst', quantile(drains, 0.5), 1000, `p99 of the door ${runs.hub.at(-1)?.p99Ms} ms`, '/s'),
    ]
  } finally {
    await hub.close()
  }
}

function typical(runs: LoadResult[]): number {
  return quantile(
    runs.map((run) => run.perSecond),
    0.5,
  )
}

async function loadHub(hub: BenchHub, channel: Channel, seconds: number): Promise<{ load: LoadResult; drainedPerSecond: number }> {
  const load = await sendLoad({ url: channel.hookUrl, connections, seconds, clients })
  const left = await hub.backlog()
  const at = Date.now()
  await hub.applied()
  return { load, drainedPerSecond: left / ((Date.now() - at) / 1000) }
}

async function loadBare(hub: BenchHub, mode: 'batch' | 'single', seconds: number): Promise<LoadResult> {
  const env = { ...process.env, DATABASE_URL: await hub.databaseUrl('bare') }
  const server = fork(resolve(import.meta.dirname, 'bare-process.ts'), [mode], { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const [port] = (await once(server, 'message')) as [number]
  try {
    return await sendLoad({ url: `http://127.0.0.1:${port}/`, connections, seconds, clients })
  } finally {
    server.kill()
    await once(server, 'exit')
  }
}
