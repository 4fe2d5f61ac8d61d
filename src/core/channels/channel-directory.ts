import type { Connector } from '../connector/connector.ts'
import type { Logger } from '../connector/hub.ts'
import { listen } from '../database/listen.ts'
import type { Pool } from '../database/pool.ts'
import { type LoadedChannel, loadChannel } from './channel.ts'
import { readChannels } from './channel-store.ts'
import type { Vault } from './vault.ts'

const refreshEveryMs = 30_000
const missRefreshMs = 1_000

/** All channels of the hub in memory, secrets open: the doors look here for every request. */
export interface ChannelDirectory {
  byKey(connector: string, key: string): LoadedChannel | undefined
  /** As `byKey`, but an unknown key is looked up anew, at most once a second: it may have been made a moment ago by another process. */
  find(connector: string, key: string): Promise<LoadedChannel | undefined>
  byId(id: string): LoadedChannel | undefined
  all(): LoadedChannel[]
  refresh(): Promise<void>
  /** Called after every refresh that changed something; returns what stops it. */
  onChange(listener: () => void): () => void
  close(): Promise<void>
}

export interface DirectoryDeps {
  pool: Pool
  vault: Vault
  connectors: readonly Connector[]
  logger: Logger
  databaseUrl: string
}

/** Refreshed by NOTIFY `channels_changed` and every 30 s. Rejects when the first read fails. */
export async function openChannelDirectory(deps: DirectoryDeps): Promise<ChannelDirectory> {
  const memory = createMemory(deps)
  const refresh = oneAfterTheOther(memory.read)
  const refreshQuietly = () => {
    refresh().catch((error: unknown) => deps.logger.warn({ error: String(error) }, 'channel directory could not be refreshed'))
  }
  let lastMissRefresh = 0

  await refresh()
  const listening = await listen(deps, 'channels_changed', refreshQuietly)
  const timer = setInterval(refreshQuietly, refreshEveryMs)
  timer.unref()

  return {
    byKey: memory.byKey,
    async find(connector, key) {
      const known = memory.byKey(connector, key)
      if (known || Date.now() - lastMissRefresh < missRefreshMs) return known
      lastMissRefresh = Date.now()
      await refresh()
      return memory.byKey(connector, key)
    },
    byId: memory.byId,
    all: memory.all,
    refresh,
    onChange: memory.onChange,
    async close() {
      clearInterval(timer)
      await listening.close()
    },
  }
}

/** What is loaded, replaced as a whole when a read finds anything changed. */
function createMemory(deps: DirectoryDeps) {
  const connectors = new Map(deps.connectors.map((connector) => [connector.manifest.id, connector]))
  const listeners = new Set<() => void>()
  let channels = new Map<string, LoadedChannel>()
  let keys = new Map<string, LoadedChannel>()
  let fingerprint = ''
  return {
    async read(): Promise<void> {
      const rows = await readChannels(deps.pool)
      const now = JSON.stringify(rows)
      if (now === fingerprint) return
      fingerprint = now
      const loaded = rows.flatMap((row) => {
        const connector = connectors.get(row.connector)
        return connector ? [loadChannel(row, connector, deps.vault)] : []
      })
      for (const one of loaded) {
        if (one.settingsFault) deps.logger.warn({ channelId: one.id, fault: one.settingsFault }, 'stored settings do not fit the connector')
      }
      channels = new Map(loaded.map((channel) => [channel.id, channel]))
      keys = new Map(loaded.map((channel) => [`${channel.connector.manifest.id}/${channel.key}`, channel]))
      for (const listener of listeners) listener()
    },
    byKey: (connector: string, key: string) => keys.get(`${connector}/${key}`),
    byId: (id: string) => channels.get(id),
    all: () => [...channels.values()],
    onChange(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

/** Runs `read` once at a time. A read that began before the call may have missed what the caller committed: it waits for one that begins after. */
function oneAfterTheOther(read: () => Promise<void>): () => Promise<void> {
  let reading: Promise<void> | undefined
  let readAgain: Promise<void> | undefined
  return function refresh(): Promise<void> {
    if (!reading) {
      reading = read().finally(() => {
        reading = undefined
      })
      return reading
    }
    readAgain ??= reading
      .catch(() => {})
      .then(() => {
        readAgain = undefined
        return refresh()
      })
    return readAgain
  }
}
