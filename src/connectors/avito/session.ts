import { z } from 'zod'
import type { Session } from '../../core/connector/connector.ts'
import { ConnectorError } from '../../core/connector/errors.ts'
import type { Channel, Hub } from '../../core/connector/hub.ts'
import { keepAsking } from '../../core/connector/keep-asking.ts'
import { accountId } from './account.ts'
import { type Call, createClient } from './client.ts'
import { type Chat, chat } from './payloads.ts'
import type { Settings } from './settings.ts'

const everyMs = 60_000
const sinceName = 'watched_since'
const mostRemembered = 5000

const chats = z.object({ chats: z.array(chat).default([]) })
const messages = z.union([z.array(z.unknown()), z.object({ messages: z.array(z.unknown()).default([]) })])

/**
 * Looks through the unread chats every minute: webhooks of Avito are not signed, not surely repeated, and name nobody. What is found is handed on
 * with the names and the ad of its chat; messages that came by webhook have the same keys.
 */
export function openSession(channel: Channel<Settings>, hub: Hub): Session {
  const call = createClient(channel.settings, hub)
  const handed = new Set<string>()
  return keepAsking(hub, async ({ signal }) => {
    const account = await accountId(channel.settings, call, hub)
    const since = await startOfWatch(hub)
    const unread = await call({ path: `/messenger/v2/accounts/${account}/chats?unread_only=true&limit=100`, signal }, chats)
    for (const one of unread.chats) {
      const last = one.last_message
      if (!last || last.created < since || handed.has(`${one.id}:${last.id}`) || signal.aborted) continue
      await handOn({ account, one, since }, call, hub, signal).catch((error: unknown) => {
        // A chat that Avito no longer shows must not hide those behind it.
        if (!(error instanceof ConnectorError) || (error.code !== 'invalid_recipient' && error.code !== 'rejected')) throw error
        hub.logger.warn({ chatId: one.id, error: error.message }, 'the messages of a chat could not be read')
      })
      if (handed.size >= mostRemembered) handed.clear()
      handed.add(`${one.id}:${last.id}`)
    }
    return { waitMs: everyMs }
  })
}

interface Unread {
  account: string
  one: Chat
  since: number
}

async function handOn({ account, one, since }: Unread, call: Call, hub: Hub, signal: AbortSignal): Promise<void> {
  const path = `/messenger/v3/accounts/${account}/chats/${encodeURIComponent(one.id)}/messages/?limit=50`
  const answer = await call({ path, signal }, messages)
  const all = Array.isArray(answer) ? answer : answer.messages
  const recent = all.filter((message) => (z.object({ created: z.number() }).safeParse(message).data?.created ?? since) >= since)
  // The oldest first: lists of Avito begin with the newest.
  const body = Buffer.from(JSON.stringify({ account_id: account, chat: one, messages: recent.toReversed() }))
  await hub.deliver({ method: 'POLL', path: '', query: '', headers: {}, body }, { dedupeKey: `found:${one.id}:${one.last_message?.id ?? ''}` })
}

/** Chats of the time before this channel are not brought in: seconds since 1970. */
async function startOfWatch(hub: Hub): Promise<number> {
  const known = await hub.state.get(sinceName)
  if (known) return Number(known)
  const now = Math.floor(hub.clock.now().getTime() / 1000)
  await hub.state.set(sinceName, String(now))
  return now
}
