import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { resolve } from 'node:path'
import { pino } from 'pino'
import { openMetrics } from './api/http/health.ts'
import { openSockets } from './api/realtime/socket-server.ts'
import { createApi } from './api/server.ts'
import { type Config, readConfig } from './config.ts'
import { joinConnectors, loadConnectors } from './connectors/load.ts'
import { connectors as ownConnectors } from './connectors/registry.ts'
import { actorId } from './core/access/actor.ts'
import { ensureApiKey } from './core/access/ensure-api-key.ts'
import { ensureFirstAdmin } from './core/access/ensure-first-admin.ts'
import { ensureSetupLink } from './core/access/setup-link.ts'
import { createSignIn } from './core/access/sign-in.ts'
import { hookUrl } from './core/channels/channel.ts'
import { openChannelDirectory } from './core/channels/channel-directory.ts'
import { freeAllLeases } from './core/channels/channel-store.ts'
import { openDoors } from './core/channels/doors.ts'
import { createHubs } from './core/channels/hub.ts'
import { keepSessions } from './core/channels/sessions.ts'
import { createVault } from './core/channels/vault.ts'
import type { Logger } from './core/connector/hub.ts'
import { openPool } from './core/database/pool.ts'
import { openPrisma } from './core/database/prisma.ts'
import { openFiles } from './core/files/files.ts'
import { applyWaiting } from './core/intake/apply/apply-waiting.ts'
import { type ApplyWorker, startApplyWorker } from './core/intake/apply-worker.ts'
import { createIntake } from './core/intake/deliver.ts'
import { deliveriesTopic, freeAllClaims } from './core/intake/delivery-store.ts'
import { keepFirmContext } from './core/intake/firm-context.ts'
import { createHookDoor } from './core/intake/hook-door.ts'
import { releaseQuarantined } from './core/intake/release-quarantined.ts'
import { replayDelivery } from './core/intake/replay-delivery.ts'
import { keepHouse } from './core/jobs/keep-house.ts'
import { openJobs } from './core/jobs/queue.ts'
import { startMedia } from './core/messages/media-worker.ts'
import { knowOutbox, startOutbox } from './core/outbox/outbox-worker.ts'
import { listen, readCertificate } from './start/listen.ts'
import { openDatabase } from './start/open-database.ts'
import { reportFailure, runHub } from './start/run-hub.ts'
import { loadSecretKey } from './start/secret-key.ts'
import type { Shutdown } from './start/shutdown.ts'

const consoleFolder = resolve(import.meta.dirname, '../dist/web')

/** The whole program, put together in order. What is opened first is closed last. */
async function start(config: Config, logger: Logger, shutdown: Shutdown): Promise<void> {
  const has = (role: Config['role']) => config.role === 'all' || config.role === role
  const database = await openDatabase(config, logger)
  shutdown.onClose('database', database.close)
  const { databaseUrl } = database
  const pool = openPool(databaseUrl)
  const prisma = openPrisma(databaseUrl)
  shutdown.onClose('connections', async () => void (await Promise.all([pool.end(), prisma.$disconnect()])))
  const vault = createVault(await loadSecretKey(config, databaseUrl))
  const files = openFiles(config)
  const connectors = joinConnectors(ownConnectors, await loadConnectors(config.connectors))
  const { publicUrl } = config

  const channels = await openChannelDirectory({ pool, vault, connectors, logger, databaseUrl })
  shutdown.onClose('channels', channels.close)
  const firm = await keepFirmContext({ pool, channels, logger })
  shutdown.onClose('firm', async () => firm.close())

  const applyDeps = { pool, vault, files, channels, firm: firm.current, logger }
  let worker: ApplyWorker | undefined
  const tellWorkers = () => {
    if (worker) worker.wake()
    else pool.query(`notify ${deliveriesTopic}`).catch((error: unknown) => logger.warn({ error: String(error) }, 'workers could not be woken; they look by themselves'))
  }
  const intake = createIntake({ pool, files, sealState: vault.seal, onStored: tellWorkers })
  if (config.role === 'all' && !config.databaseUrl) await Promise.all([freeAllClaims(pool), freeAllLeases(pool)])
  if (has('worker')) {
    worker = startApplyWorker(applyDeps)
    shutdown.onClose('applying', worker.close)
  }

  const hubOf = createHubs({ pool, vault, connectors, directory: channels, publicUrl, logger, deliver: intake.deliver })
  if (has('listener')) {
    const sessions = keepSessions({ pool, directory: channels, hubOf, logger, publicUrl })
    shutdown.onClose('sessions', sessions.close)
    const port = config.smtpInPort
    const tls = config.tls ? await readCertificate(config.tls) : undefined
    const listenOf = () => (port === undefined ? undefined : { port, host: config.host, ...(tls && { tls }) })
    const doors = await openDoors({ connectors, directory: channels, hubOf, logger, publicUrl, listenOf })
    shutdown.onClose('doors', doors.close)
  }

  const jobs = openJobs({ databaseUrl, redisUrl: config.redisUrl, logger, work: has('worker') })
  shutdown.onClose('jobs', jobs.close)
  if (has('worker')) {
    const outbox = await startOutbox({ pool, directory: channels, files, hubOf, logger, publicUrl, applyWaiting, jobs, databaseUrl })
    shutdown.onClose('outbox', outbox.close)
    await keepHouse({ pool, jobs })
    const media = startMedia({ pool, directory: channels, files, hubOf, logger, publicUrl, jobs })
    shutdown.onClose('media', media.close)
  } else knowOutbox(jobs)

  if (config.adminEmail && config.adminPassword) await ensureFirstAdmin({ pool }, { email: config.adminEmail, password: config.adminPassword })
  if (config.adminApiKey) await ensureApiKey({ pool }, config.adminApiKey)
  if (!has('web')) return
  const signIn = createSignIn({ pool, prisma, publicUrl, secret: vault.mac('sign-in', 'secret'), logger })
  const api = createApi({
    pool, prisma, databaseUrl, files, jobs, vault, directory: channels, connectors, signIn, logger, publicUrl, hubOf,
    intake: { replay: (id) => replayDelivery(applyDeps, id), release: (id, actor) => releaseQuarantined(applyDeps, id, { id: actorId(actor) }), wake: tellWorkers },
    readReadme,
    metrics: openMetrics(),
    trustProxy: config.trustProxy,
    ...(existsSync(resolve(consoleFolder, 'index.html')) && { consoleFolder }),
  })
  const hooks = createHookDoor({ channels, intake, pool, logger, hookUrl: (channel) => hookUrl(publicUrl, { connector: channel.connector.manifest.id, key: channel.key }) })
  const server = await openServer(config, (request, response) => {
    if (request.url?.startsWith('/hooks/')) void hooks(request, response)
    else api(request, response)
  })
  const sockets = await openSockets({ pool, prisma, signIn, databaseUrl, publicUrl, logger, redisUrl: config.redisUrl, isOneOfMany: config.role !== 'all' }, server)
  await listen(server, config.port, config.host)
  shutdown.onClose('server', () => closeServer(server))
  shutdown.onClose('sockets', sockets.close)
  const setupLink = await ensureSetupLink({ pool, publicUrl })
  process.stdout.write(`Switchboard is ready: ${publicUrl}\n`)
  if (setupLink) process.stdout.write(`Set it up once: ${setupLink}\n`)
}

/** A connector of another place may come without one. */
async function readReadme(connectorId: string): Promise<string> {
  return await readFile(resolve(import.meta.dirname, 'connectors', connectorId, 'README.md'), 'utf8').catch(() => '')
}

async function openServer(config: Config, listener: RequestListener): Promise<Server> {
  return config.tls ? createSecureServer(await readCertificate(config.tls), listener) : createServer(listener)
}

/** Stops taking; what is in hand is answered. */
async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((done) => server.close(() => done()))
  server.closeIdleConnections()
  await closed
}

let config: Config
try {
  config = readConfig(process.env)
} catch (error) {
  process.exit(reportFailure(error))
}
const log = pino({ level: config.logLevel }, pino.destination(2))
await runHub(log, (shutdown) => start(config, log, shutdown))
