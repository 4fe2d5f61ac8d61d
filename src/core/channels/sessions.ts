import type { Session } from '../connector/connector.ts'
import type { Hub, Logger } from '../connector/hub.ts'
import { newId } from '../database/id.ts'
import type { Pool } from '../database/pool.ts'
import { forConnector, type LoadedChannel } from './channel.ts'
import type { ChannelDirectory } from './channel-directory.ts'
import { leaseChannels, releaseLeases, releaseStrandedDeliveries } from './channel-store.ts'

const leaseMs = 30_000
const renewEveryMs = 10_000
const longestBackOffMs = 300_000

export interface SessionDeps {
  pool: Pool
  directory: ChannelDirectory
  hubOf(channelId: string): Hub
  logger: Logger
  publicUrl: string
}

export interface Sessions {
  /** Ids of the channels whose sessions run in this process. */
  open(): string[]
  close(): Promise<void>
}

interface Running {
  session: Session
  /** Settings it was opened with: others need a new session. */
  opened: string
}

/**
 * Keeps one session open, over all processes, for every channel whose connector has `open` and that is not paused. A channel is leased for
 * 30 s, renewed every 10; a lease that could not be renewed in time closes its session before another process may take it.
 */
export function keepSessions(deps: SessionDeps, timing: { renewEveryMs: number } = { renewEveryMs }): Sessions {
  const owner = newId()
  const running = new Map<string, Running>()
  const backOff = createBackOff()
  let heldUntil = 0
  let isClosed = false
  let working: Promise<void> | undefined
  let isWanted = false

  async function settle(): Promise<void> {
    const wanted = new Map(deps.directory.all().flatMap((channel) => (wantsSession(channel) ? [[channel.id, channel] as const] : [])))
    const held = new Set(await renew([...wanted.keys()]))
    for (const [id, run] of running) {
      const channel = wanted.get(id)
      if (channel && held.has(id) && run.opened === openedWith(channel)) continue
      await stop(id, run)
      if (!channel) await releaseLeases(deps.pool, owner, [id])
    }
    for (const [id, channel] of wanted) {
      if (held.has(id) && !running.has(id) && !isClosed) start(id, channel)
    }
  }

  async function renew(ids: string[]): Promise<string[]> {
    const asked = Date.now()
    try {
      const held = await leaseChannels(deps.pool, owner, ids, leaseMs)
      heldUntil = asked + leaseMs
      return held
    } catch (error) {
      deps.logger.warn({ error: String(error) }, 'leases of channels could not be renewed')
      return heldUntil - Date.now() > timing.renewEveryMs ? [...running.keys()] : []
    }
  }

  function start(id: string, channel: LoadedChannel): void {
    if (!backOff.mayTry(id)) return
    const hub = deps.hubOf(id)
    try {
      const session = channel.connector.open?.(forConnector(channel, deps.publicUrl), hub)
      if (session) running.set(id, { session, opened: openedWith(channel) })
      backOff.succeeded(id)
    } catch (error) {
      backOff.failed(id)
      hub.logger.error({ error }, 'the session could not be opened')
      hub.report({ state: 'retrying', detail: { en: 'The connection could not be opened.', ru: 'Не удалось открыть соединение.' } })
    }
  }

  async function stop(id: string, run: Running): Promise<void> {
    running.delete(id)
    await run.session.close().catch((error: unknown) => deps.hubOf(id).logger.warn({ error }, 'the session did not close cleanly'))
  }

  function wake(): void {
    isWanted = true
    working ??= (async () => {
      while (isWanted && !isClosed) {
        isWanted = false
        await settle().catch((error: unknown) => deps.logger.warn({ error: String(error) }, 'sessions could not be settled'))
      }
      working = undefined
    })()
  }

  const unfollow = deps.directory.onChange(wake)
  const tick = () => {
    wake()
    releaseStrandedDeliveries(deps.pool).catch((error: unknown) =>
      deps.logger.warn({ error: String(error) }, 'held deliveries could not be looked at'),
    )
  }
  const timer = setInterval(tick, timing.renewEveryMs)
  wake()
  return {
    open: () => [...running.keys()],
    async close() {
      isClosed = true
      clearInterval(timer)
      unfollow()
      await working
      const ids = [...running.keys()]
      await Promise.all([...running].map(([id, run]) => stop(id, run)))
      await releaseLeases(deps.pool, owner, ids).catch(() => {})
    },
  }
}

function wantsSession(channel: LoadedChannel): boolean {
  return Boolean(channel.connector.open) && !channel.pausedAt && !channel.settingsFault
}

function openedWith(channel: LoadedChannel): string {
  return JSON.stringify([channel.settings, channel.key])
}

/** 1 s, 2 s, 4 s … up to five minutes between tries of one channel. */
function createBackOff() {
  const failures = new Map<string, { times: number; notBefore: number }>()
  return {
    mayTry: (id: string) => Date.now() >= (failures.get(id)?.notBefore ?? 0),
    succeeded: (id: string) => void failures.delete(id),
    failed(id: string) {
      const times = (failures.get(id)?.times ?? 0) + 1
      failures.set(id, { times, notBefore: Date.now() + Math.min(1_000 * 2 ** (times - 1), longestBackOffMs) })
    },
  }
}
