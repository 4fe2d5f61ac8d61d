import type { LoadedChannel } from '../channels/channel.ts'
import type { Jobs } from '../jobs/queue.ts'
import type { ReconcileDeps } from './ask-history.ts'
import { reconcileCalls } from './reconcile-calls.ts'

const one = 'reconcile-calls'
const all = 'reconcile-all-calls'
const nightMs = 24 * 3_600_000

/** Asks vendors for what was missed: when the hub starts, when a channel's connection is back after a break, and every night. */
export async function startReconciling(deps: ReconcileDeps & { jobs: Jobs }): Promise<{ close(): Promise<void> }> {
  const { jobs, directory, logger } = deps
  const states = new Map<string, string>()
  const ask = (channel: LoadedChannel) => jobs.add(one, { channelId: channel.id }, { jobId: channel.id })
  const able = () => directory.all().filter((channel) => channel.connector.history && channel.pausedAt === null)
  jobs.define<{ channelId: string }>(one, ({ channelId }) => reconcileCalls(deps, channelId), { lane: 'fetch', attempts: 5, backOffMs: 60_000 })
  jobs.define(all, async () => {
    for (const channel of able()) await ask(channel)
  })

  function look(): void {
    for (const channel of able()) {
      const before = states.get(channel.id)
      states.set(channel.id, channel.state)
      if (channel.state !== 'ok' || (before !== 'retrying' && before !== 'attention')) continue
      ask(channel).catch((error: unknown) => logger.warn({ channelId: channel.id, error: String(error) }, 'calls will be reconciled at night'))
    }
  }

  look()
  const unfollow = directory.onChange(look)
  await jobs.every(all, nightMs)
  for (const channel of able()) await ask(channel)
  return {
    async close() {
      unfollow()
    },
  }
}
