import { z } from 'zod'
import type { Session } from '../../core/connector/connector.ts'
import type { Channel, Hub } from '../../core/connector/hub.ts'
import { keepAsking } from '../../core/connector/keep-asking.ts'
import { wordedError } from '../../core/connector/worded-error.ts'
import { type Call, createClient } from './client.ts'
import { callback, nameOf, update, updateTypes } from './payloads.ts'
import type { Settings } from './settings.ts'
import { setUpWebhook, subscribedUrls } from './webhook.ts'

const pollSeconds = 30
const pauseMs = 300
const watchMs = 5 * 60_000
const cursorName = 'marker'

const polled = z.object({
  updates: z.array(z.looseObject({})).default([]),
  marker: z.union([z.string(), z.number()]).transform(String).nullish(),
})

/** Asks MAX for updates until closed. A question with a marker forgets what was before it: https://dev.max.ru/docs-api/methods/GET/updates */
export function openPolling(channel: Channel<Settings>, hub: Hub): Session {
  const call = createClient(channel.settings, hub)
  return keepAsking(hub, async ({ signal, isFirst, failures }) => {
    if (isFirst) await leaveWebhook(channel, call, signal)
    const marker = await hub.state.get(cursorName)
    const timeout = failures > 0 ? 1 : pollSeconds
    const query = { limit: '100', timeout: String(timeout), types: updateTypes.join(','), ...(marker && { marker }) }
    const answer = await call({ method: 'GET', path: '/updates', query, signal, timeoutMs: (timeout + 15) * 1000 }, polled)
    for (const [index, one] of answer.updates.entries()) {
      if (signal.aborted) break
      await hand(one, index === answer.updates.length - 1 ? answer.marker : undefined, hub)
      await answerButton(one, call, signal)
    }
    return { waitMs: pauseMs }
  })
}

/** A subscription of our own is taken back; one of another program is that program's. */
async function leaveWebhook({ hookUrl }: Channel<Settings>, call: Call, signal: AbortSignal): Promise<void> {
  for (const url of await subscribedUrls(call, signal)) {
    if (url !== hookUrl) {
      const host = URL.parse(url)?.host ?? '?'
      throw wordedError('rejected', {
        en: `The bot sends its messages to another program (${host}): remove its subscription there, or choose webhook here`,
        ru: `Бот отправляет сообщения другой программе (${host}): снимите там подписку или выберите здесь webhook`,
      })
    }
    await call({ method: 'DELETE', path: '/subscriptions', query: { url }, signal }, z.unknown())
  }
}

/** Stores one update; the place after the batch is kept with its last. */
async function hand(one: Record<string, unknown>, marker: string | null | undefined, hub: Hub): Promise<void> {
  const known = update.safeParse(one).data
  await hub.deliver(
    { method: 'POLL', path: '', query: '', headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify(one)) },
    { ...(known && { dedupeKey: nameOf(known) }), ...(marker && { cursor: { name: cursorName, value: marker } }) },
  )
}

/** Stops the spinner of a pressed button. Too late an answer is refused, which harms nobody. */
async function answerButton(one: Record<string, unknown>, call: Call, signal: AbortSignal): Promise<void> {
  const pressed = one.update_type === 'message_callback' ? callback.safeParse(one).data?.callback : undefined
  if (!pressed) return
  const asking = { method: 'POST', path: '/answers', query: { callback_id: pressed.callback_id }, body: {}, signal } as const
  await call(asking, z.unknown()).catch(() => undefined)
}

/** MAX drops a subscription after eight hours of failures: every five minutes it is looked for, and made anew when it is gone. */
export function watchWebhook(channel: Channel<Settings>, hub: Hub): Session {
  const call = createClient(channel.settings, hub)
  return keepAsking(hub, async ({ signal }) => {
    const urls = await subscribedUrls(call, signal)
    if (!urls.includes(channel.hookUrl)) await setUpWebhook(channel, hub)
    return { waitMs: watchMs }
  })
}
