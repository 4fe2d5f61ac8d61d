import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import type { Session } from '../../core/connector/connector.ts'
import type { Channel, ChannelHealth, Hub } from '../../core/connector/hub.ts'
import { type Call, createClient } from './client.ts'
import { cursorOf, lastPosition, offsetOf, type Position } from './offset.ts'
import { allowedUpdates, update } from './payloads.ts'
import type { Settings } from './settings.ts'
import { explainTrouble } from './trouble.ts'
import { dedupeKey, pressedButton } from './webhook.ts'

const pollSeconds = 25
const pauseMs = 500

interface Polling {
  channel: Channel<Settings>
  hub: Hub
  call: Call
  signal: AbortSignal
}

/** Asks Telegram for updates until closed. Telegram forgets an update only when a later question names a higher offset. */
export function openPolling(channel: Channel<Settings>, hub: Hub): Session {
  const stop = new AbortController()
  const running = poll({ channel, hub, call: createClient(channel.settings), signal: stop.signal })
  return {
    async close() {
      stop.abort()
      await running
    },
  }
}

async function poll(polling: Polling): Promise<void> {
  const { hub, signal } = polling
  const report = reporter(hub)
  let failures = 0
  let position = await lastPosition(hub).catch(() => undefined)
  while (!signal.aborted) {
    try {
      const updates = await ask(polling, offsetOf(position, hub.clock.now()), failures > 0)
      report({ state: 'ok' })
      for (const one of updates) {
        if (signal.aborted) return
        position = (await hand(polling, one)) ?? position
      }
      failures = 0
      // A server that answers "nothing" without waiting is not asked in a frenzy.
      if (updates.length === 0) await pause(pauseMs, signal)
    } catch (error) {
      if (signal.aborted) return
      failures += 1
      const { health, waitMs } = await explainTrouble(error, polling.call, polling.channel, failures)
      report(health)
      await pause(waitMs, signal)
    }
  }
}

/** Passes on what is news. */
function reporter(hub: Hub): (health: ChannelHealth) => void {
  let last = ''
  return (health) => {
    const now = JSON.stringify(health)
    if (now !== last) hub.report(health)
    last = now
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => undefined)
}

/** After a failure the question is short, so that the state of the channel is soon known. */
function ask({ call, signal }: Polling, offset: number | undefined, isSecondTry: boolean): Promise<unknown[]> {
  const timeout = isSecondTry ? 1 : pollSeconds
  const payload = { timeout, allowed_updates: allowedUpdates, ...(offset === undefined ? {} : { offset }) }
  return call('getUpdates', payload, z.array(z.unknown()), { signal, timeoutMs: (timeout + 15) * 1000 })
}

/** Stores one update and returns the position after it. Rejects when nothing was stored. */
async function hand({ hub, call, signal }: Polling, item: unknown): Promise<Position | undefined> {
  const body = Buffer.from(JSON.stringify(item))
  const key = dedupeKey({ body })
  const id = update.safeParse(item).data?.update_id
  const position = id === undefined ? undefined : { offset: id + 1, at: hub.clock.now() }
  await hub.deliver(
    { method: 'POLL', path: '', query: '', headers: { 'content-type': 'application/json' }, body },
    { ...(key === undefined ? {} : { dedupeKey: key }), ...(position === undefined ? {} : { cursor: cursorOf(position) }) },
  )
  await answerButton(body, call, signal)
  return position
}

/** Stops the spinner of a pressed button. Too late an answer is refused, which harms nobody. */
async function answerButton(body: Uint8Array, call: Call, signal: AbortSignal): Promise<void> {
  const id = pressedButton(body)
  if (id === undefined) return
  await call('answerCallbackQuery', { callback_query_id: id }, z.unknown(), { signal, timeoutMs: 5000 }).catch(() => undefined)
}
