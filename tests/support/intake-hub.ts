import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newChannelKey } from '../../src/core/channels/channel.ts'
import { type ChannelDirectory, openChannelDirectory } from '../../src/core/channels/channel-directory.ts'
import { createVault, type Vault } from '../../src/core/channels/vault.ts'
import type { Connector } from '../../src/core/connector/connector.ts'
import type { DeliverOptions } from '../../src/core/connector/delivery.ts'
import type { InboundEvent } from '../../src/core/connector/event.ts'
import { newId } from '../../src/core/database/id.ts'
import type { Pool } from '../../src/core/database/pool.ts'
import { type Files, openFiles } from '../../src/core/files/files.ts'
import { type ApplyWorker, startApplyWorker } from '../../src/core/intake/apply-worker.ts'
import { createIntake, type Intake } from '../../src/core/intake/deliver.ts'
import { testDatabase } from './database.ts'
import { silentLogger, testConnector } from './test-connector.ts'

export interface IntakeHub {
  url: string
  pool: Pool
  vault: Vault
  files: Files
  channels: ChannelDirectory
  channelId: string
  intake: Intake
  worker: ApplyWorker
  firm(): { defaultCountry: string; own: ReadonlySet<string> }
  /** Delivers events through the real intake; the test connector's bodies are the events themselves, as JSON. */
  deliver(events: unknown, options?: DeliverOptions): Promise<void>
  addChannel(): Promise<string>
  close(): Promise<void>
}

/** Bodies are JSON arrays of events. A body that is not JSON is malformed, as with any connector. */
export const eventsConnector: Connector = testConnector({
  normalise(delivery) {
    const key = `broken:${delivery.headers['x-switchboard-delivery-id']}`
    try {
      return JSON.parse(new TextDecoder().decode(delivery.body)) as InboundEvent[]
    } catch {
      return [{ type: 'malformed', key, reason: 'not JSON' }]
    }
  },
})

/** A hub's intake, from delivery to card, on a database of its own. */
export async function intakeHub(options: { workers?: boolean; own?: string[]; connector?: Connector } = {}): Promise<IntakeHub> {
  const database = await testDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'switchboard-intake-'))
  const { pool, url } = database
  const vault = createVault(Buffer.alloc(32, 7))
  const files = openFiles({ dataDir: folder, s3: undefined })
  const addChannel = async () => {
    const id = newId()
    await pool.query(
      `insert into channels (id, key, connector, media, name, settings, updated_at) values ($1, $2, 'test', '{chat}', 'Test', $3, now())`,
      [id, newChannelKey(), JSON.stringify({ token: vault.seal('secret-token') })],
    )
    return id
  }
  const channelId = await addChannel()
  const channels = await openChannelDirectory({
    pool,
    vault,
    connectors: [options.connector ?? eventsConnector],
    logger: silentLogger,
    databaseUrl: url,
  })
  const own = new Set(options.own ?? [])
  const firm = () => ({ defaultCountry: 'RU', own })
  let worker: ApplyWorker | undefined
  const intake = createIntake({
    pool,
    files,
    sealState: vault.seal,
    onStored: (_count, urgentIds) => worker?.wake(0, urgentIds),
    noteDelivery: () => {},
  })
  worker = startApplyWorker({ pool, vault, files, channels, firm, logger: silentLogger }, options.workers === false ? 0 : 2)
  const started = worker
  return {
    url,
    pool,
    vault,
    files,
    channels,
    channelId,
    intake,
    worker,
    firm,
    async deliver(events, deliverOptions) {
      const channel = channels.byId(channelId)
      if (!channel) throw new Error('the test channel is there')
      const body = typeof events === 'string' ? Buffer.from(events) : Buffer.from(JSON.stringify(events))
      await intake.deliver(channel, { method: 'POST', path: '', query: '', headers: {}, body }, deliverOptions)
    },
    async addChannel() {
      const id = await addChannel()
      await channels.refresh()
      return id
    },
    async close() {
      await started.close()
      await channels.close()
      await database.close()
      await rm(folder, { recursive: true })
    },
  }
}
