import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket } from 'ws'
import type { BenchHub } from './bench-hub.ts'

/** Has the hub give back what it no longer needs, by its own inspector (SIGUSR1, nodejs.org/en/learn/getting-started/debugging): what is measured after it is in use. */
export async function collectGarbage(hub: BenchHub): Promise<void> {
  const address = () => /Debugger listening on (ws:\/\/\S+)/.exec(hub.process.output())?.[1]
  if (!address()) process.kill(hub.process.child.pid ?? 0, 'SIGUSR1')
  for (let waited = 0; !address() && waited < 5_000; waited += 50) await sleep(50)
  const socket = new WebSocket(address() ?? '', { perMessageDeflate: false })
  await once(socket, 'open')
  for (let id = 1; id <= 3; id++) {
    socket.send(JSON.stringify({ id, method: 'HeapProfiler.collectGarbage' }))
    await once(socket, 'message')
  }
  socket.close()
}
