import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemActor } from '../../src/core/access/actor.ts'
import type { ChannelDeps } from '../../src/core/channels/change-channel.ts'
import { openChannelDirectory } from '../../src/core/channels/channel-directory.ts'
import { createChannel } from '../../src/core/channels/create-channel.ts'
import { createHubs } from '../../src/core/channels/hub.ts'
import { createVault } from '../../src/core/channels/vault.ts'
import { newId } from '../../src/core/database/id.ts'
import { openPool, type Pool } from '../../src/core/database/pool.ts'
import { openFiles } from '../../src/core/files/files.ts'
import { applyWaiting } from '../../src/core/intake/apply/apply-waiting.ts'
import { type Jobs, openJobs } from '../../src/core/jobs/queue.ts'
import { startOutbox } from '../../src/core/outbox/outbox-worker.ts'
import { silentLogger, testConnector } from './test-connector.ts'

export interface HubProcess extends ChannelDeps {
  jobs: Jobs
  files: ReturnType<typeof openFiles>
  hubOf: ReturnType<typeof createHubs>
  logger: typeof silentLogger
  applyWaiting: typeof applyWaiting
  close(): Promise<void>
}

/** As much of a hub as sends messages; with `work` it has the outbox's worker too. Several of them are several processes to the database. */
export async function openHubProcess(
  databaseUrl: string,
  options: { redisUrl?: string | undefined; work?: boolean; dataDir?: string } = {},
): Promise<HubProcess> {
  const pool = openPool(databaseUrl)
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'switchboard-outbox-')))
  const connectors = [testConnector()]
  const vault = createVault(Buffer.alloc(32, 1))
  const directory = await openChannelDirectory({ pool, databaseUrl, logger: silentLogger, vault, connectors })
  const jobs = openJobs({ databaseUrl, redisUrl: options.redisUrl, logger: silentLogger, work: options.work ?? false })
  const deps = {
    pool,
    vault,
    directory,
    connectors,
    jobs,
    files: openFiles({ dataDir }),
    logger: silentLogger,
    publicUrl: 'http://hub.test',
    applyWaiting,
  }
  const hubOf = createHubs({ ...deps, deliver: async () => {} })
  const outbox = await startOutbox({ ...deps, hubOf, databaseUrl, dataDir, isEmbedded: false }, { sweepEveryMs: 300, graceMs: 300 })
  return {
    ...deps,
    hubOf,
    async close() {
      // It closes the jobs itself, behind its sweep: one that adds to a store that closes may never end.
      await outbox.close()
      await directory.close()
      await pool.end()
      if (!options.dataDir) await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** A channel to the fake vendor. */
export async function makeChannel(deps: ChannelDeps, baseUrl: string): Promise<string> {
  const view = await createChannel(deps, { actor: systemActor, connector: 'test', name: 'Test', settings: { baseUrl, token: 'token' } })
  return view.id
}

/** A client who wrote once. Returns his conversation. */
export async function makeConversation(pool: Pool, channelId: string, value = newId()): Promise<string> {
  const [contactId, identityId, conversationId] = [newId(), newId(), newId()]
  await pool.query(`insert into contacts (id, card_id, name) values ($1, $1, 'Anna')`, [contactId])
  await pool.query(`insert into identities (id, kind, value) values ($1, 'test', $2)`, [identityId, value])
  await pool.query(`insert into contact_identities (contact_id, identity_id, evidence, raw, owning) values ($1, $2, 'attested', '', true)`, [
    contactId,
    identityId,
  ])
  await pool.query(
    `insert into conversations (id, contact_id, channel_id, medium, thread_key, state, waiting_since, last_entry_at) values ($1, $2, $3, 'chat', $4, 'open', now(), now())`,
    [conversationId, contactId, channelId, `contact:${contactId}`],
  )
  return conversationId
}

export async function entryOf(pool: Pool, id: string): Promise<{ status: string; error: { code: string; message: string } | null }> {
  const { rows } = await pool.query('select status, error from entries where id = $1', [id])
  return rows[0]
}
