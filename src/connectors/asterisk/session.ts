import type { Session } from '../../core/connector/connector.ts'
import { ConnectorError } from '../../core/connector/errors.ts'
import type { Channel, Hub } from '../../core/connector/hub.ts'
import { CallWatch } from './call-watch.ts'
import { type Ami, openAmi } from './client.ts'
import { Handover } from './handover.ts'
import { isNews } from './packet-events.ts'
import type { Packet } from './packets.ts'
import { pause } from './pause.ts'
import { callsState } from './session-state.ts'
import type { Settings } from './settings.ts'
import { trouble } from './trouble.ts'

/** ms. */
export interface Timing {
  firstWaitMs: number
  longestWaitMs: number
  pingEveryMs: number
  answerMs: number
}

const usual: Timing = { firstWaitMs: 1_000, longestWaitMs: 60_000, pingEveryMs: 20_000, answerMs: 15_000 }
/** After this long a connection counts as sound, and the next failure waits shortly again. */
const stableMs = 10_000

/** Listens to Asterisk until closed. A refused secret is not tried again: the session waits for other settings. */
export function openSession(channel: Channel<Settings>, hub: Hub, timing: Timing = usual): Session {
  const stop = new AbortController()
  const running = listen({ settings: channel.settings, hub, timing, signal: stop.signal })
  return {
    async close() {
      stop.abort()
      await running
    },
  }
}

interface Listening {
  settings: Settings
  hub: Hub
  timing: Timing
  signal: AbortSignal
}

async function listen({ settings, hub, timing, signal }: Listening): Promise<void> {
  const watch = new CallWatch(settings, await hub.state.get(callsState).catch(() => undefined))
  const handover = new Handover(hub, watch, signal)
  let failures = 0
  while (!signal.aborted) {
    const startedAt = performance.now()
    const error = await hear({ settings, hub, timing, signal }, watch, handover)
    watch.lose(hub.clock.now().toISOString())
    if (signal.aborted) break
    const isRefused = error.code === 'auth_failed'
    hub.report({ state: isRefused ? 'attention' : 'retrying', ...(error.words && { detail: error.words }) })
    hub.logger.warn({ code: error.code, reason: error.message }, 'the connection to Asterisk ended')
    if (isRefused) await pause(undefined, signal)
    failures = performance.now() - startedAt > stableMs ? 1 : failures + 1
    await pause(Math.min(timing.firstWaitMs * 2 ** (failures - 1), timing.longestWaitMs) * (0.75 + Math.random() / 2), signal)
  }
  await handover.close()
}

/** One connection, from login to its end; resolves to why it ended. */
async function hear({ settings, hub, timing, signal }: Listening, watch: CallWatch, handover: Handover): Promise<ConnectorError> {
  const there = new Set<string>()
  const onEvent = (text: string, packet: Packet) => {
    const event = packet.get('event')?.toLowerCase()
    // One that came while the list was on its way does not stand in it.
    if (event === 'coreshowchannel' || event === 'newchannel') there.add(packet.get('uniqueid') ?? '')
    if (event === 'coreshowchannelscomplete') {
      watch.keepOnly(there)
      handover.wake()
    } else if (isNews(packet)) handover.add(text, packet)
    else if (event === 'newexten') handover.look(packet)
  }
  try {
    const ami = await openAmi(settings, { onEvent, signal, answerMs: timing.answerMs })
    try {
      handover.follow(ami)
      await ami.ask({ Action: 'CoreShowChannels' })
      hub.report({ state: 'ok' })
      await keepAlive(ami, timing.pingEveryMs, signal)
      return trouble('lost')
    } finally {
      ami.close()
      handover.follow(undefined)
    }
  } catch (error) {
    return error instanceof ConnectorError ? error : trouble('lost', error)
  }
}

/** Resolves when the connection is gone; rejects when it no longer answers. */
async function keepAlive(ami: Ami, everyMs: number, signal: AbortSignal): Promise<void> {
  const over = new AbortController()
  const stop = () => over.abort()
  signal.addEventListener('abort', stop)
  void ami.ended.then(stop)
  try {
    while (!over.signal.aborted) {
      await pause(everyMs, over.signal)
      if (!over.signal.aborted) await ami.ask({ Action: 'Ping' })
    }
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
