import { statfs } from 'node:fs/promises'
import { readBackupState, readBirth } from '../backup/backup-state.ts'
import type { ChannelDirectory } from '../channels/channel-directory.ts'
import type { Pool } from '../database/pool.ts'
import { readGapHealth } from '../recordings/gap-store.ts'
import { type ChannelHealth, findProblems, type Health } from './health.ts'
import { countErasures, findSilences, noteSize, readChannelRows, readQueues, readServer } from './health-store.ts'

export interface HealthDeps {
  pool: Pool
  directory: ChannelDirectory
  about: {
    version: string
    dataDir: string
    isEmbedded: boolean
    /** Hours between backups; 0: none by itself. */
    backupEveryHours: number
  }
}

const startedAt = new Date()

/** How the hub is, as it stands now: what waits, what fails, what is silent, and what of it needs a hand. */
export async function readHealth({ pool, directory, about }: HealthDeps, now = new Date()): Promise<Health> {
  const [channels, queues, server, backup, bornAt, disk, erasures] = await Promise.all([
    readChannels(pool, directory, now),
    readQueues(pool),
    readServer(pool),
    readBackupState(pool),
    readBirth(pool),
    statfs(about.dataDir).catch(() => undefined),
    countErasures(pool),
  ])
  const bytesPerDay = await noteSize(pool, server.bytes, now)
  const facts = {
    channels,
    queues,
    disk: {
      freeBytes: disk ? disk.bavail * disk.bsize : 0,
      totalBytes: disk ? disk.blocks * disk.bsize : 0,
      databaseBytes: server.bytes,
      bytesPerDay,
    },
    backup: {
      lastAt: backup.lastAt,
      bytes: backup.bytes,
      checkedAt: backup.checkedAt,
      isEncrypted: backup.isEncrypted,
      everyHours: about.backupEveryHours,
      failure: backup.failure,
      failureCode: backup.failureCode,
    },
    system: {
      version: about.version,
      node: process.version,
      database: server.version,
      isEmbedded: about.isEmbedded,
      clockMs: server.clock.getTime() - Date.now(),
      startedAt: startedAt.toISOString(),
      erasuresOpen: erasures.open,
    },
    erasuresFailed: erasures.failed,
  }
  const { erasuresFailed: _, ...shown } = facts
  return { at: now.toISOString(), problems: findProblems(facts, now, bornAt), ...shown }
}

async function readChannels(pool: Pool, directory: ChannelDirectory, now: Date): Promise<ChannelHealth[]> {
  const [rows, silences, gaps] = await Promise.all([readChannelRows(pool), findSilences(pool, now), readGapHealth(pool)])
  return rows.flatMap(({ lastDeliveryAt, ...row }) => {
    const channel = directory.byId(row.id)
    if (!channel) return []
    const { missing = 0, listError = null, listReadAt = null } = gaps.get(row.id) ?? {}
    return [
      {
        ...row,
        name: channel.name,
        connector: channel.connector.manifest.id,
        state: channel.state,
        isPaused: channel.pausedAt !== null,
        error: channel.stateDetail,
        lastDeliveryAt: lastDeliveryAt?.toISOString() ?? null,
        silence: silences.get(row.id) ?? null,
        recordingsMissing: missing,
        list: listError === null && listReadAt === null ? null : { readAt: listReadAt?.toISOString() ?? null, error: listError },
      },
    ]
  })
}
