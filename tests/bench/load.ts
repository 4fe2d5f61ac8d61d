import { fork } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'

export interface Load {
  url: string
  connections: number
  /** Either for so long … */
  seconds?: number
  /** … or so many. */
  amount?: number
  /** Requests per second over all connections; absent: as many as it takes. */
  rate?: number
  /** How many different senders there are. */
  clients: number
  /** Messages of WhatsApp, so many in each request, signed; absent: one form a request. */
  batch?: number
}

/** With it the load signs what it sends as WhatsApp. */
export const loadAppSecret = 'app secret of the load'

export interface LoadResult {
  /** Answered by 2xx. */
  acknowledged: number
  failed: number
  perSecond: number
  p99Ms: number
}

/** Sends forms, or messages, of 1.5 kB of JSON by autocannon in a process of its own. */
export async function sendLoad(load: Load): Promise<LoadResult> {
  const child = fork(resolve(import.meta.dirname, 'load-process.ts'), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  child.send(load)
  const [result] = (await once(child, 'message')) as [LoadResult]
  child.kill()
  return result
}
