import { openChannelDirectory } from '../../src/core/channels/channel-directory.ts'
import { createVault } from '../../src/core/channels/vault.ts'
import { openPool } from '../../src/core/database/pool.ts'
import { startRules } from '../../src/core/rules/rule-worker.ts'
import { eventsConnector } from './intake-hub.ts'
import { silentLogger } from './test-connector.ts'

// A process of its own that decides on rules, to be killed in the middle.
const [databaseUrl = ''] = process.argv.slice(2)
const pool = openPool(databaseUrl)
const vault = createVault(Buffer.alloc(32, 7))
const directory = await openChannelDirectory({ pool, vault, connectors: [eventsConnector], logger: silentLogger, databaseUrl })
const jobs = { define: () => {}, add: async () => {}, every: async () => {}, close: async () => {} }
await startRules({ pool, directory, vault, jobs, logger: silentLogger, publicUrl: 'https://hub.example', databaseUrl })
process.send?.('ready')
