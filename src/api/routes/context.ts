import type { Actor } from '../../core/access/actor.ts'
import type { SignIn } from '../../core/access/sign-in.ts'
import type { ChannelDirectory } from '../../core/channels/channel-directory.ts'
import type { Vault } from '../../core/channels/vault.ts'
import type { Connector } from '../../core/connector/connector.ts'
import type { Dns } from '../../core/connector/dns.ts'
import type { Hub, Logger } from '../../core/connector/hub.ts'
import type { Pool } from '../../core/database/pool.ts'
import type { PrismaClient } from '../../core/database/prisma.ts'
import type { Files } from '../../core/files/files.ts'
import type { HealthDeps } from '../../core/health/read-health.ts'
import type { FirmContext } from '../../core/intake/apply/keys.ts'
import type { Intake } from '../../core/intake/deliver.ts'
import type { ReplayResult } from '../../core/intake/replay-delivery.ts'
import type { Jobs } from '../../core/jobs/queue.ts'
import type { ApprovedTemplates } from '../../core/templates/approved-templates.ts'

/** What the routes work with; put together once by main. Fits the `deps` of the use cases of core. */
export interface ApiDeps {
  pool: Pool
  prisma: PrismaClient
  databaseUrl: string
  files: Files
  jobs: Jobs
  vault: Vault
  directory: ChannelDirectory
  connectors: readonly Connector[]
  signIn: SignIn
  logger: Logger
  /** Address under which people and vendors reach the hub; no slash at the end. */
  publicUrl: string
  hubOf(channelId: string): Hub
  dns: Dns
  /** What matching needs of the firm. */
  firm(): FirmContext
  /** What vendors have approved to be sent when their window is closed. */
  approved: ApprovedTemplates
  /** What the health page says of the program itself. */
  about: HealthDeps['about']
  /** Markdown of the connector's folder; empty when it has none. */
  readReadme(connectorId: string): Promise<string>
  intake: {
    /** Reads and applies a delivery anew; throws `not_found`. */
    replay(deliveryId: string, actor: Actor): Promise<ReplayResult>
    /** Stores a request as if it had come by the door; resolves after the commit. */
    deliver: Intake['deliver']
    /** Applies a quarantined event; throws `not_found`. */
    release(id: string, actor: Actor): Promise<unknown>
    /** There may be deliveries to apply. */
    wake(): void
  }
}

/** What every handler gets. `actor` is `nobody` only in operations whose rule is open to anyone. */
export interface ApiContext {
  actor: Actor
  deps: ApiDeps
  /** Address of the caller, for throttling and audit; behind proxies as TRUST_PROXY says. */
  ip: string
  /** Headers of the request, for sign-in and idempotency. */
  headers: Headers
}
