import { z } from 'zod'
import type { Channel, Hub } from '../../core/connector/hub.ts'
import type { Call } from './client.ts'
import { type Profile, profile, profileFields } from './payloads.ts'
import type { Settings } from './settings.ts'

const sinceName = 'watched_since'
const mostRemembered = 5000

const conversations = z.object({
  items: z
    .array(z.object({ last_message: z.looseObject({ from_id: z.int(), date: z.number(), out: z.number().default(0) }).optional() }))
    .default([]),
  profiles: z.array(profile).default([]),
})

/** Where the latest conversations are looked through. */
export interface Search {
  channel: Channel<Settings>
  hub: Hub
  call: Call
  /** Said already in this session. */
  named: Set<string>
}

/** Hands on the last message of each of the latest conversations, with the name of its sender: what VK has not told, or told without a name. */
export async function findMissed(search: Search, signal: AbortSignal): Promise<void> {
  const { channel, hub, call } = search
  const since = await startOfWatch(hub)
  const fields = { group_id: channel.settings.groupId, count: 50, extended: 1, fields: profileFields }
  const { items, profiles } = await call('messages.getConversations', fields, conversations, { signal })
  for (const { last_message: message } of items) {
    if (message?.out !== 0 || message.from_id <= 0 || message.date < since) continue
    const sender = profiles.find(({ id }) => id === message.from_id)
    if (sender) await tell(search, message, sender)
  }
}

/** Clients of the time before this channel are not brought in: seconds since 1970. */
export async function startOfWatch(hub: Hub): Promise<number> {
  const known = await hub.state.get(sinceName)
  if (known) return Number(known)
  const now = Math.floor(hub.clock.now().getTime() / 1000)
  await hub.state.set(sinceName, String(now))
  return now
}

async function tell({ channel, hub, named }: Search, message: Record<string, unknown>, sender: Profile): Promise<void> {
  const dedupeKey = `found:${sender.id}:${String(message.conversation_message_id ?? message.id)}`
  if (named.has(dedupeKey)) return
  const event = { type: 'message_new', group_id: Number(channel.settings.groupId), object: { message }, profile: sender, found: true }
  await hub.deliver({ method: 'POLL', path: '', query: '', headers: {}, body: Buffer.from(JSON.stringify(event)) }, { dedupeKey })
  if (named.size >= mostRemembered) named.clear()
  named.add(dedupeKey)
}
