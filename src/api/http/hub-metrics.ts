import { Gauge, type Registry } from 'prom-client'
import type { ChannelDirectory } from '../../core/channels/channel-directory.ts'
import type { Pool } from '../../core/database/pool.ts'

interface Deps {
  pool: Pool
  directory: ChannelDirectory
  metrics: Registry
}

/** What waits to be done, read anew at each scrape from partial indexes; the same from every process. */
const queues = [
  ['deliveries', 'received', `select count(*)::int as count from open_deliveries where status = 'received'`],
  ['deliveries', 'held', `select count(*)::int as count from open_deliveries where status = 'held'`],
  ['deliveries', 'parked', `select count(*)::int as count from open_deliveries where status = 'parked'`],
  ['outbox', 'queued', `select count(*)::int as count from outbox where status = 'queued'`],
  ['outbox', 'sending', `select count(*)::int as count from outbox where status = 'sending'`],
] as const

/** Adds to the process's own measures what an operator of the hub wants to be woken for. */
export function watchHub({ pool, directory, metrics }: Deps): void {
  new Gauge({
    name: 'switchboard_queue_length',
    help: 'Rows that wait: deliveries to be applied, held or parked; outbox parts queued or being sent',
    labelNames: ['queue', 'status'],
    registers: [metrics],
    async collect() {
      for (const [queue, status, query] of queues) {
        const { rows } = await pool.query<{ count: number }>(query)
        this.set({ queue, status }, rows[0]?.count ?? 0)
      }
    },
  })
  new Gauge({
    name: 'switchboard_oldest_delivery_seconds',
    help: 'Age of the oldest delivery that is not applied yet; 0: none waits',
    registers: [metrics],
    async collect() {
      const { rows } = await pool.query<{ seconds: number | null }>(
        `select extract(epoch from now() - min(received_at))::float8 as seconds from open_deliveries where status = 'received'`,
      )
      this.set(rows[0]?.seconds ?? 0)
    },
  })
  new Gauge({
    name: 'switchboard_channels',
    help: 'Channels by state',
    labelNames: ['state'],
    registers: [metrics],
    collect() {
      this.reset()
      for (const channel of directory.all()) this.inc({ state: channel.pausedAt ? 'paused' : channel.state })
    },
  })
}
