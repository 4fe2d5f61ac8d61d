import type { DeliverOptions, RawDelivery } from '../connector/delivery.ts'
import type { ChannelHealth, Hub, Logger } from '../connector/hub.ts'
import { secretFields } from '../connector/settings.ts'
import type { CallBackWish, VisitorNews } from '../connector/visitors.ts'
import { signalVisitor } from '../visitors/visitor-signal.ts'
import type { ChannelDeps } from './change-channel.ts'
import type { LoadedChannel } from './channel.ts'
import { readChannelState, writeChannelState } from './channel-store.ts'
import { hubFetch } from './hub-fetch.ts'
import { createRedactingLogger } from './redacting-logger.ts'
import { reportChannel } from './report-channel.ts'

const largestStateValue = 64 * 1024
const sameReportAgainMs = 30_000

export interface HubDeps extends ChannelDeps {
  logger: Logger
  /** Resolves after the commit. */
  deliver(channel: LoadedChannel, raw: RawDelivery, options?: DeliverOptions): Promise<void>
  /** Absent: a wish to be called back is left to people. */
  callBack?(wish: CallBackWish): Promise<void>
}

/** Makes the hub of a channel; the same one for the same id, for as long as the process lives. */
export function createHubs(deps: HubDeps): (channelId: string) => Hub {
  const hubs = new Map<string, Hub>()
  return (channelId) => {
    const hub = hubs.get(channelId) ?? createHub(deps, channelId)
    hubs.set(channelId, hub)
    return hub
  }
}

function createHub(deps: HubDeps, channelId: string): Hub {
  const logger = createRedactingLogger(deps.logger, { channelId }, () => secretsOf(deps.directory.byId(channelId)))
  return {
    async deliver(raw, options) {
      const channel = deps.directory.byId(channelId)
      if (!channel) throw new Error('The channel is gone: nothing was stored.')
      await deps.deliver(channel, raw, options)
    },
    report: createReporter(deps, channelId, logger),
    state: {
      async get(name) {
        const sealed = await readChannelState(deps.pool, channelId, name)
        return sealed === undefined ? undefined : deps.vault.open(sealed)
      },
      async set(name, value) {
        if (Buffer.byteLength(value) > largestStateValue) throw new Error(`The state "${name}" is larger than 64 kB.`)
        await writeChannelState(deps.pool, channelId, name, deps.vault.seal(value))
      },
    },
    logger,
    clock: { now: () => new Date() },
    fetch: hubFetch,
    ...(deps.directory.byId(channelId)?.connector.greetVisitor && {
      visitors: {
        push: (visitorId: string, news: VisitorNews) => signalVisitor(deps.pool, { channelId, visitorId, news }),
        callBack: async (wish: CallBackWish) => deps.callBack?.(wish),
      },
    }),
  }
}

/** Reports are written one after the other, so that the last one said is the one that stays. */
function createReporter(deps: HubDeps, channelId: string, logger: Logger): (health: ChannelHealth) => void {
  let writing = Promise.resolve()
  let last = ''
  let lastAt = 0
  return (health) => {
    const said = JSON.stringify(health)
    if (said === last && Date.now() - lastAt < sameReportAgainMs) return
    last = said
    lastAt = Date.now()
    writing = writing.then(async () => {
      try {
        await reportChannel(deps, channelId, health)
      } catch (error) {
        last = ''
        logger.warn({ error }, 'the state of the channel could not be written')
      }
    })
  }
}

/** Texts that must not reach a log. */
export function secretsOf(channel: LoadedChannel | undefined): string[] {
  const settings = channel?.settings
  if (!channel || typeof settings !== 'object' || settings === null) return []
  const names = new Set(secretFields(channel.connector.settings))
  const secrets = Object.entries(settings).flatMap(([name, value]) => (names.has(name) && typeof value === 'string' ? [value] : []))
  return [...secrets, channel.key]
}
