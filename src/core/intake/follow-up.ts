import { forConnector, type LoadedChannel } from '../channels/channel.ts'
import type { RawDelivery } from '../connector/delivery.ts'
import { ConnectorError } from '../connector/errors.ts'
import type { Hub } from '../connector/hub.ts'

export interface FollowUpDeps {
  hubOf(channelId: string): Hub
  publicUrl: string
}

const mostAtOnce = 50

/**
 * Lets a connector fetch what a stored webhook only names, with nobody waiting. Beyond 50 at once it is left out: a connector that must not miss
 * anything finds it by its session too.
 */
export function createFollowUps(deps: FollowUpDeps): (channel: LoadedChannel, raw: RawDelivery) => void {
  let running = 0

  async function follow(channel: LoadedChannel, raw: RawDelivery): Promise<void> {
    const hub = deps.hubOf(channel.id)
    try {
      await channel.connector.afterDelivery?.(raw, forConnector(channel, deps.publicUrl), hub)
    } catch (error) {
      hub.logger.warn({ error: String(error) }, 'what a webhook named could not be fetched')
      if (error instanceof ConnectorError && error.code === 'auth_failed') {
        hub.report({ state: 'attention', detail: error.words ?? { en: error.message, ru: error.message } })
      }
    } finally {
      running--
    }
  }

  return (channel, raw) => {
    if (!channel.connector.afterDelivery || running >= mostAtOnce) return
    running++
    void follow(channel, raw)
  }
}
