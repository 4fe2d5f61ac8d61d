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

/**
 * Keeps one session open, over all processes, for every channel whose connector has `open` and that is not paused. A channel is leased for
 * 30 s, renewed every 10; a lease that could not be renewed in time closes its session before another process may take it.
 */
export function keepSessions(deps: SessionDeps, timing: { renewEveryMs: number } = { renewEveryMs }): Sessions {
  const keeper = new SessionKeeper(deps, timing.renewEveryMs)
  const tick = () => {
    keeper.wake()
    releaseStrandedDeliveries(deps.pool).catch((error: unknown) =>
      deps.logger.warn({ error: String(error) }, 'held deliveries could not be looked at'),
    )
  }
  const unfollow = deps.directory.onChange(() => keeper.wake())
  const timer = setInterval(tick, timing.renewEveryMs)
  keeper.wake()
  return {
    open: () => keeper.running(),
    async close() {
      clearInterval(timer)
      unfollow()
      await keeper.close()
    },
  }
}

interface Running {
  session: Session
  /** Settings it was opened with: others need a new session. */
  opened: string
}

class SessionKeeper {
  readonly #deps: SessionDeps
  readonly #renewEveryMs: number
  readonly #owner = newId()
  readonly #running = new Map<string, Running>()
  readonly #backOff = createBackOff()
  #heldUntil = 0
  #isClosed = false
  #isWanted = false
  #working: Promise<void> | undefined

  constructor(deps: SessionDeps, renewEveryMs: number) {
    this.#deps = deps
    this.#renewEveryMs = renewEveryMs
  }

  running(): string[] {
    return [...this.#running.keys()]
  }

  /** Brings sessions in line with channels, one pass after the other. */
  wake(): void {
    this.#isWanted = true
    this.#working ??= this.#work()
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.#working
    const ids = this.running()
    await Promise.all([...this.#running].map(([id, run]) => this.#stop(id, run)))
    await releaseLeases(this.#deps.pool, this.#owner, ids).catch(() => {})
  }

  async #work(): Promise<void> {
    while (this.#isWanted && !this.#isClosed) {
      this.#isWanted = false
      await this.#settle().catch((error: unknown) => this.#deps.logger.warn({ error: String(error) }, 'sessions could not be settled'))
    }
    this.#working = undefined
  }

  async #settle(): Promise<void> {
    const wanted = new Map(this.#deps.directory.all().flatMap((channel) => (wantsSession(channel) ? [[channel.id, channel] as const] : [])))
    const held = new Set(await this.#renew([...wanted.keys()]))
    for (const [id, run] of this.#running) {
      const channel = wanted.get(id)
      if (channel && held.has(id) && run.opened === openedWith(channel)) continue
      await this.#stop(id, run)
      if (!channel) await releaseLeases(this.#deps.pool, this.#owner, [id])
    }
    for (const [id, channel] of wanted) {
      if (held.has(id) && !this.#running.has(id) && !this.#isClosed) this.#start(id, channel)
    }
  }

  async #renew(ids: string[]): Promise<string[]> {
    const asked = Date.now()
    try {
      const held = await leaseChannels(this.#deps.pool, this.#owner, ids, leaseMs)
      this.#heldUntil = asked + leaseMs
      return held
    } catch (error) {
      this.#deps.logger.warn({ error: String(error) }, 'leases of channels could not be renewed')
      return this.#heldUntil - Date.now() > this.#renewEveryMs ? this.running() : []
    }
  }

  #start(id: string, channel: LoadedChannel): void {
    if (!this.#backOff.mayTry(id)) return
    const hub = this.#deps.hubOf(id)
    try {
      const session = channel.connector.open?.(forConnector(channel, this.#deps.publicUrl), hub)
      if (session) this.#running.set(id, { session, opened: openedWith(channel) })
      this.#backOff.succeeded(id)
    } catch (error) {
      this.#backOff.failed(id)
      hub.logger.error({ error }, 'the session could not be opened')
      hub.report({ state: 'retrying', detail: { en: 'The connection could not be opened.', ru: 'Не удалось открыть соединение.' } })
    }
  }

  async #stop(id: string, run: Running): Promise<void> {
    this.#running.delete(id)
    await run.session.close().catch((error: unknown) => this.#deps.hubOf(id).logger.warn({ error }, 'the session did not close cleanly'))
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
