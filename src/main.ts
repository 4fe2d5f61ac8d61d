import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { resolve } from 'node:path'
import { pino } from 'pino'
import packageJson from '../package.json' with { type: 'json' }
import { openMetrics } from './api/http/health.ts'
import { openSockets } from './api/realtime/socket-server.ts'
import { createApi } from './api/server.ts'
import { openVisitorSockets } from './api/visitors/visitor-sockets.ts'
import { type Config, readConfig } from './config.ts'
import { joinConnectors, loadConnectors } from './connectors/load.ts'
import { connectors as ownConnectors } from './connectors/registry.ts'
import { actorId } from './core/access/actor.ts'
import { ensureApiKey } from './core/access/ensure-api-key.ts'
import { ensureFirstAdmin } from './core/access/ensure-first-admin.ts'
import { ensureSetupLink } from './core/access/setup-link.ts'
import { createSignIn } from './core/access/sign-in.ts'
import { keepBackups } from './core/backup/keep-backups.ts'
import { callBack } from './core/calls/call-back.ts'
import { keepClosingUnheard } from './core/calls/close-unheard.ts'
import { decideCall } from './core/calls/decide-call.ts'
import { startReconciling } from './core/calls/reconcile-worker.ts'
import { noteVendorList } from './core/calls/vendor-list-store.ts'
import { hookUrl } from './core/channels/channel.ts'
import { openChannelDirectory } from './core/channels/channel-directory.ts'
import { freeAllLeases } from './core/channels/channel-store.ts'
import { openDoors } from './core/channels/doors.ts'
import { createHubs } from './core/channels/hub.ts'
import { hubDns } from './core/channels/hub-dns.ts'
import { keepSessions } from './core/channels/sessions.ts'
import { createVault } from './core/channels/vault.ts'
import type { Hub, Logger } from './core/connector/hub.ts'
import { startPictures } from './core/contacts/picture-worker.ts'
import { listen as listenTo } from './core/database/listen.ts'
import { openPool } from './core/database/pool.ts'
import { openPrisma } from './core/database/prisma.ts'
import { startErasing } from './core/erasure/erasure-worker.ts'
import { repeatErasures } from './core/erasure/repeat-erasures.ts'
import { knowExports, startExports } from './core/exports/run-exports.ts'
import { openFiles } from './core/files/files.ts'
import { knowImports, startImports } from './core/imports/run-imports.ts'
import { applyWaiting } from './core/intake/apply/apply-waiting.ts'
import { startApplyWorker } from './core/intake/apply-worker.ts'
import { createIntake, type Intake } from './core/intake/deliver.ts'
import { deliveriesTopic } from './core/intake/delivery-store.ts'
import { keepFirmContext } from './core/intake/firm-context.ts'
import { createHookDoor } from './core/intake/hook-door.ts'
import { keepLastDeliveries } from './core/intake/last-delivery.ts'
import { releaseQuarantined } from './core/intake/release-quarantined.ts'
import { replayDelivery } from './core/intake/replay-delivery.ts'
import { keepShowingIncomplete } from './core/intake/show-incomplete.ts'
import { keepHouse } from './core/jobs/keep-house.ts'
import { type Jobs, openJobs } from './core/jobs/queue.ts'
import { startMedia } from './core/messages/media-worker.ts'
import { startScheduled } from './core/messages/scheduled-worker.ts'
import { knowOutbox, startOutbox } from './core/outbox/outbox-worker.ts'
import { startPersonExports } from './core/person-exports/person-export-worker.ts'
import { workAtNight } from './core/recordings/night-work.ts'
import { startRecordings } from './core/recordings/recording-worker.ts'
import { knowReplays, startReplays } from './core/replays/run-replays.ts'
import { startRouting } from './core/routing/start-routing.ts'
import { startRules } from './core/rules/rule-worker.ts'
import { createApprovedTemplates } from './core/templates/approved-templates.ts'
import { startWebhooks } from './core/webhooks/webhook-worker.ts'
import { callerBehind } from './start/caller.ts'
import { listen, readCertificate } from './start/listen.ts'
import { migrationsDir, openDatabase } from './start/open-database.ts'
import { reportFailure, runHub } from './start/run-hub.ts'
import { readyText } from './start/say-ready.ts'
import { loadSecretKey } from './start/secret-key.ts'
import type { Shutdown } from './start/shutdown.ts'

const consoleFolder = resolve(import.meta.dirname, '../dist/web')

/** The whole program, put together in order. What is opened first is closed last. */
async function start(config: Config, logger: Logger, shutdown: Shutdown): Promise<void> {
  const has = (role: Config['role']) => config.role === 'all' || config.role === role
  const core = await openCore(config, logger, shutdown)
  if (has('worker')) await repeatErasures(core)
  const { wake, intake } = await startIntake(core, has('worker'))
  const hubOf = createHubs({ ...core, deliver: intake.deliver, callBack: (wish) => callBack({ ...core, hubOf }, wish) })
  const jobs = openJobs({ databaseUrl: core.databaseUrl, redisUrl: config.redisUrl, logger, work: has('worker') })
  shutdown.onClose('jobs', jobs.close)
  if (has('listener')) await startListening(core, hubOf)
  if (has('worker')) await startSending(core, hubOf, jobs)
  else {
    knowOutbox(jobs)
    knowImports(jobs)
    knowExports(jobs)
    knowReplays(jobs)
  }
  if (config.adminEmail && config.adminPassword) await ensureFirstAdmin(core, { email: config.adminEmail, password: config.adminPassword })
  if (config.adminApiKey) await ensureApiKey(core, config.adminApiKey)
  if (has('web')) await serve(core, { hubOf, jobs, intake, wake })
  else process.stdout.write(`Switchboard is ready: ${config.role}\n`)
}

type Core = Awaited<ReturnType<typeof openCore>>

/** What every role needs: the database, the key, files, connectors, channels, the firm. */
async function openCore(config: Config, logger: Logger, shutdown: Shutdown) {
  const database = await openDatabase(config, logger)
  shutdown.onClose('database', database.close)
  const { databaseUrl } = database
  const pool = openPool(databaseUrl)
  const prisma = openPrisma(databaseUrl)
  shutdown.onClose('connections', async () => void (await Promise.all([pool.end(), prisma.$disconnect()])))
  const vault = createVault(await loadSecretKey(config, databaseUrl))
  const connectors = joinConnectors(ownConnectors, await loadConnectors(config.connectors))
  const directory = await openChannelDirectory({ pool, vault, connectors, logger, databaseUrl })
  shutdown.onClose('channels', directory.close)
  const firm = await keepFirmContext({ pool, channels: directory, logger })
  shutdown.onClose('firm', async () => firm.close())
  const isAlone = config.role === 'all' && config.databaseUrl === undefined
  if (isAlone) await freeAllLeases(pool)
  const files = openFiles(config)
  const { publicUrl } = config
  return {
    config,
    logger,
    shutdown,
    databaseUrl,
    pool,
    prisma,
    vault,
    connectors,
    directory,
    channels: directory,
    firm: firm.current,
    files,
    publicUrl,
    backupFolder: config.backup.folder,
  }
}

/** The way in, and (where this process works) the applying of what came in. */
async function startIntake(core: Core, isWorking: boolean): Promise<{ intake: Intake; wake(): void }> {
  const { pool, logger, shutdown, databaseUrl } = core
  const worker = isWorking ? startApplyWorker(core) : undefined
  if (worker) {
    shutdown.onClose('applying', worker.close)
    const listening = await listenTo({ databaseUrl, logger }, deliveriesTopic, () => worker.wake())
    shutdown.onClose('waking', listening.close)
  }
  const wakeOthers = () => {
    pool
      .query(`notify ${deliveriesTopic}`)
      .catch((error: unknown) => logger.warn({ error: String(error) }, 'workers could not be woken; they look by themselves'))
  }
  const wake = worker ? worker.wake : wakeOthers
  const lastDeliveries = keepLastDeliveries({ pool, logger })
  shutdown.onClose('last deliveries', lastDeliveries.close)
  const intake = createIntake({ pool, files: core.files, sealState: core.vault.seal, onStored: wake, noteDelivery: lastDeliveries.note })
  return { intake, wake }
}

/** Connections that we keep, and listeners of connectors that have one. */
async function startListening(core: Core, hubOf: (channelId: string) => Hub): Promise<void> {
  const { config, shutdown } = core
  const sessions = keepSessions({ ...core, hubOf })
  shutdown.onClose('sessions', sessions.close)
  const tls = config.tls ? await readCertificate(config.tls) : undefined
  const port = config.smtpInPort
  const listenOf = () => (port === undefined ? undefined : { port, host: config.host, ...(tls && { tls }) })
  const doors = await openDoors({ ...core, hubOf, listenOf })
  shutdown.onClose('doors', doors.close)
}

/** What needs time: messages on their way out, files that vendors still have, the hourly cleaning. */
async function startSending(core: Core, hubOf: (channelId: string) => Hub, jobs: Jobs): Promise<void> {
  const outbox = await startOutbox({
    ...core,
    dataDir: core.config.dataDir,
    isEmbedded: core.config.databaseUrl === undefined,
    hubOf,
    applyWaiting,
    jobs,
  })
  core.shutdown.onClose('outbox', outbox.close)
  await startImports({ ...core, jobs })
  await startExports({ ...core, jobs })
  await startReplays({ ...core, jobs, replay: (id) => replayDelivery(core, id) })
  const scheduled = startScheduled({ ...core, jobs })
  core.shutdown.onClose('scheduled', scheduled.close)
  const media = startMedia({ ...core, hubOf, jobs })
  core.shutdown.onClose('media', media.close)
  await startPictures({ ...core, hubOf, jobs })
  const recordings = startRecordings({ ...core, hubOf, jobs })
  core.shutdown.onClose('recordings', recordings.close)
  const noteList = (channelId: string, error: string | null) => noteVendorList(core.pool, channelId, error)
  const reconciling = await startReconciling({ ...core, hubOf, jobs, noteList })
  core.shutdown.onClose('reconciling', reconciling.close)
  await workAtNight({ ...core, hubOf, jobs, noteList })
  await keepClosingUnheard({ ...core, jobs })
  const routing = await startRouting({ ...core, jobs })
  core.shutdown.onClose('routing', routing.close)
  const rules = await startRules({ ...core, jobs })
  core.shutdown.onClose('rules', rules.close)
  const webhooks = await startWebhooks(core)
  core.shutdown.onClose('webhooks', webhooks.close)
  await keepHouse({ pool: core.pool, files: core.files, jobs })
  await keepShowingIncomplete({ ...core, jobs })
  await startPersonExports({ ...core, jobs })
  await startErasing({ ...core, jobs })
  await keepBackups({ ...core, jobs, migrationsDir }, core.config.backup)
}

interface WebParts {
  hubOf(channelId: string): Hub
  jobs: Jobs
  intake: Intake
  wake(): void
}

/** Console, API, hooks and sockets on one port. Hooks are answered before express: it costs more than the commit. */
async function serve(core: Core, { hubOf, jobs, intake, wake }: WebParts): Promise<void> {
  const { config, shutdown, pool, prisma, publicUrl } = core
  const signIn = createSignIn({
    pool,
    prisma,
    publicUrl,
    secret: core.vault.mac('sign-in', 'secret'),
    logger: core.logger,
    elsewhere: config.elsewhere,
  })
  const api = createApi({
    ...core,
    jobs,
    signIn,
    hubOf,
    dns: hubDns,
    approved: createApprovedTemplates({ ...core, hubOf }),
    about: {
      version: packageJson.version,
      dataDir: config.dataDir,
      isEmbedded: config.databaseUrl === undefined,
      backupEveryHours: config.backup.everyHours,
    },
    intake: {
      replay: (id) => replayDelivery(core, id),
      release: (id, actor) => releaseQuarantined(core, id, { id: actorId(actor) }),
      deliver: intake.deliver,
      wake,
    },
    readReadme,
    metrics: openMetrics(),
    trustProxy: config.trustProxy,
    ...(existsSync(resolve(consoleFolder, 'index.html')) && { consoleFolder }),
  })
  const hooks = createHookDoor({
    ...core,
    hubOf,
    intake,
    decide: (channel, question) => decideCall(core, channel, question),
    callerOf: callerBehind(config.trustProxy),
    hookUrl: (channel) => hookUrl(publicUrl, { connector: channel.connector.manifest.id, key: channel.key }),
  })
  const server = await openServer(config, (request, response) => {
    if (request.url?.startsWith('/hooks/')) void hooks(request, response)
    else api(request, response)
  })
  const sockets = await openSockets({ ...core, signIn, redisUrl: config.redisUrl, isOneOfMany: config.role !== 'all' }, server)
  shutdown.onClose('server', () => closeServer(server))
  shutdown.onClose('sockets', sockets.close)
  const visitors = await openVisitorSockets({ ...core, callerOf: callerBehind(config.trustProxy), showClient: sockets.showClient }, server)
  shutdown.onClose('visitors', visitors.close)
  await listen(server, config.port, config.host)
  const setupLink = await ensureSetupLink({ pool, publicUrl })
  process.stdout.write(readyText(publicUrl, setupLink))
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
