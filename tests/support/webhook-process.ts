import { createVault } from '../../src/core/channels/vault.ts'
import { openPool } from '../../src/core/database/pool.ts'
import { startWebhooks } from '../../src/core/webhooks/webhook-worker.ts'
import { silentLogger } from './test-connector.ts'

// A process of its own that delivers webhooks, to be killed in the middle.
const [databaseUrl = ''] = process.argv.slice(2)
await startWebhooks({ pool: openPool(databaseUrl), vault: createVault(Buffer.alloc(32, 7)), logger: silentLogger, databaseUrl })
process.send?.('ready')
