import { openHubProcess } from './outbox.ts'

// A process of its own that sends what is queued, to be killed in the middle.
const [databaseUrl = '', redisUrl] = process.argv.slice(2)
await openHubProcess(databaseUrl, { redisUrl: redisUrl || undefined, work: true })
process.send?.('ready')
