import { z } from 'zod'
import type { Session } from '../../core/connector/connector.ts'
import type { Channel, ChannelHealth, Hub } from '../../core/connector/hub.ts'
import { keepAsking } from '../../core/connector/keep-asking.ts'
import { createClient } from './client.ts'
import { type Profile, profile, profileFields } from './payloads.ts'
import type { Settings } from './settings.ts'
import { ourServer } from './webhook.ts'

const everyMs = 60_000
const sinceName = 'watched_since'
const mostRemembered = 5000

const conversations = z.object({
  items: z
    .array(z.object({ last_message: z.looseObject({ from_id: z.int(), date: z.number(), out: z.number().default(0) }).optional() }))
    .default([]),
  profiles: z.array(profile).default([]),
})

/**
 * Beside the webhook: looks every minute how VK's deliveries go, and through the latest conversations. Events name nobody, so the message is
 * handed on once more with the name of its sender; one that never came is thereby found.
 */
export function watchWebhook(channel: Channel<Settings>, hub: Hub): Session {
  const call = createClient(channel.settings, hub)
  const named = new Set<string>()
  return keepAsking(hub, async ({ signal }) => {
    const health = healthOf(await ourServer(call, channel))
    const since = Number(await startOfWatch(hub))
    const fields = { group_id: channel.settings.groupId, count: 50, extended: 1, fields: profileFields }
    const { items, profiles } = await call('messages.getConversations', fields, conversations, { signal })
    for (const { last_message: message } of items) {
      if (message?.out !== 0 || message.from_id <= 0 || message.date < since) continue
      const sender = profiles.find(({ id }) => id === message.from_id)
      if (sender) await tell({ message, sender, named }, channel, hub)
    }
    return { health, waitMs: everyMs }
  })
}

/** Clients of the time before this channel are not brought in: seconds since 1970. */
async function startOfWatch(hub: Hub): Promise<string> {
  const known = await hub.state.get(sinceName)
  if (known) return known
  const now = String(Math.floor(hub.clock.now().getTime() / 1000))
  await hub.state.set(sinceName, now)
  return now
}

interface Told {
  message: Record<string, unknown>
  sender: Profile
  /** Said already in this session. */
  named: Set<string>
}

async function tell({ message, sender, named }: Told, { settings }: Channel<Settings>, hub: Hub): Promise<void> {
  const dedupeKey = `found:${sender.id}:${String(message.conversation_message_id ?? message.id)}`
  if (named.has(dedupeKey)) return
  const event = { type: 'message_new', group_id: Number(settings.groupId), object: { message }, profile: sender, found: true }
  await hub.deliver({ method: 'POLL', path: '', query: '', headers: {}, body: Buffer.from(JSON.stringify(event)) }, { dedupeKey })
  if (named.size >= mostRemembered) named.clear()
  named.add(dedupeKey)
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
