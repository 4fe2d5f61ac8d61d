import type { Session } from '../../core/connector/connector.ts'
import type { Channel, ChannelHealth, Hub } from '../../core/connector/hub.ts'
import { keepAsking } from '../../core/connector/keep-asking.ts'
import { createClient } from './client.ts'
import { findMissed } from './find-missed.ts'
import type { Settings } from './settings.ts'
import { ourServer } from './webhook.ts'

const everyMs = 60_000

/**
 * Beside the webhook: looks every minute how VK's deliveries go, and through the latest conversations. Events name nobody, so the message is
 * handed on once more with the name of its sender; one that never came is thereby found.
 */
export function watchWebhook(channel: Channel<Settings>, hub: Hub): Session {
  const search = { channel, hub, call: createClient(channel.settings, hub), named: new Set<string>() }
  return keepAsking(hub, async ({ signal }) => {
    const health = healthOf(await ourServer(search.call, channel))
    await findMissed(search, signal)
    return { health, waitMs: everyMs }
  })
}

function healthOf(server: Awaited<ReturnType<typeof ourServer>>): ChannelHealth {
  if (!server)
    return attention(
      'The address of this hub is not among the servers at VK: set up the webhook',
      'Адреса хаба нет среди серверов ВКонтакте: настройте вебхук',
    )
  if (server.status === 'failed') return attention('VK could not confirm the address of this hub', 'ВКонтакте не смог подтвердить адрес хаба')
  if (server.status === 'unconfigured')
    return attention('VK has not confirmed the address yet: set up the webhook again', 'Адрес ещё не подтверждён: настройте вебхук ещё раз')
  return { state: 'ok' }
}

function attention(en: string, ru: string): ChannelHealth {
  return { state: 'attention', detail: { en, ru } }
}
