import { z } from 'zod'
import type { Session } from '../../core/connector/connector.ts'
import type { Channel, Hub } from '../../core/connector/hub.ts'
import { type Asked, keepAsking, type Turn } from '../../core/connector/keep-asking.ts'
import { wordedError } from '../../core/connector/worded-error.ts'
import { apiVersion, ask, type Call, createClient } from './client.ts'
import { findMissed, startOfWatch } from './find-missed.ts'
import { pressedButton } from './payloads.ts'
import { createProfiles, type Profiles } from './profiles.ts'
import type { Settings } from './settings.ts'
import { wantedEvents } from './webhook.ts'

const pollSeconds = 25
const cursorName = 'ts'
/** Between two answers, so that a server which does not wait is not asked in a frenzy. */
const pauseMs = 200

const number = z.union([z.string(), z.number()]).transform(String)
const server = z.object({ key: z.string(), server: z.string(), ts: number })
const polled = z.object({ ts: number.optional(), failed: z.number().optional(), updates: z.array(z.looseObject({})).default([]) })

/**
 * Bots Long Poll: https://dev.vk.com/en/api/bots-long-poll/getting-started. VK keeps what was not asked for yet, for a while; where it says that some of
 * it is lost, the latest conversations are looked through.
 */
export function openPolling(channel: Channel<Settings>, hub: Hub): Session {
  const call = createClient(channel.settings, hub)
  const profiles = createProfiles(call)
  const search = { channel, hub, call, named: new Set<string>() }
  let at: z.infer<typeof server> | undefined
  let hasGap = false
  return keepAsking(hub, async (turn) => {
    at ??= await connect(channel, hub, call, { ...turn, hasGap })
    if (hasGap) {
      await findMissed(search, turn.signal)
      await hub.state.set(cursorName, at.ts)
      hasGap = false
    }
    const { key, server: address, ts } = at
    const url = `${address}?${new URLSearchParams({ act: 'a_check', key, ts, wait: String(turn.failures > 0 ? 1 : pollSeconds) })}`
    const answer = read(polled, await ask(hub, url, { signal: turn.signal, timeoutMs: (pollSeconds + 15) * 1000 }))
    if (answer.failed === undefined) await store(answer, { hub, call, profiles }, turn)
    // 1: the history is out of date, go on from the ts given; 2: the key has expired; 3: both are gone. Keys are asked for anew.
    if (answer.failed === undefined || answer.failed === 1) at = { key, server: address, ts: answer.ts ?? ts }
    else at = undefined
    hasGap = answer.failed === 1 || answer.failed === 3
    return { waitMs: pauseMs } satisfies Asked
  })
}

/** `hasGap`: the place that was kept is of no use any more. */
async function connect(
  channel: Channel<Settings>,
  hub: Hub,
  call: Call,
  { signal, isFirst, hasGap }: Turn & { hasGap: boolean },
): Promise<z.infer<typeof server>> {
  const group = { group_id: channel.settings.groupId }
  await startOfWatch(hub)
  if (isFirst) await call('groups.setLongPollSettings', { ...group, enabled: 1, api_version: apiVersion, ...wantedEvents }, z.unknown(), { signal })
  const fresh = await call('groups.getLongPollServer', group, server, { signal })
  return { ...fresh, ts: (hasGap ? undefined : await hub.state.get(cursorName)) || fresh.ts }
}

function read<Value>(schema: z.ZodType<Value>, body: unknown): Value {
  const known = schema.safeParse(body)
  if (known.success) return known.data
  throw wordedError('temporary', { en: 'The long poll of VK answered something unknown', ru: 'Long Poll ВКонтакте ответил чем-то неизвестным' })
}

/** Stores a batch in its order; its place is kept with the last one, so a crash in between repeats what keys then drop. */
async function store(
  answer: z.infer<typeof polled>,
  { hub, call, profiles }: { hub: Hub; call: Call; profiles: Profiles },
  { signal }: Turn,
): Promise<void> {
  for (const [index, update] of answer.updates.entries()) {
    if (signal.aborted) return
    const named = await profiles.addTo(update, signal)
    const isLast = index === answer.updates.length - 1
    await hub.deliver(
      { method: 'POLL', path: '', query: '', headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify(named)) },
      {
        ...(typeof update.event_id === 'string' && update.event_id !== '' ? { dedupeKey: update.event_id } : {}),
        ...(isLast && answer.ts !== undefined ? { cursor: { name: cursorName, value: answer.ts } } : {}),
      },
    )
    await answerButton(update, call, signal)
  }
}

/** Stops the spinner of a pressed button. Too late an answer is refused, which harms nobody. */
async function answerButton(update: Record<string, unknown>, call: Call, signal: AbortSignal): Promise<void> {
  const button = update.type === 'message_event' ? pressedButton.safeParse(update.object).data : undefined
  if (!button) return
  const { event_id, user_id, peer_id } = button
  await call('messages.sendMessageEventAnswer', { event_id, user_id, peer_id }, z.unknown(), { signal }).catch(() => undefined)
}
