import { setTimeout as wait } from 'node:timers/promises'
import type { Session } from './connector.ts'
import { ConnectorError } from './errors.ts'
import type { ChannelHealth, Hub } from './hub.ts'

/** One question to a vendor: `failures` before it in a row, and whether it is the session's first. */
export interface Turn {
  signal: AbortSignal
  isFirst: boolean
  failures: number
}

/** What came of a question: the channel's state (absent: fine), and how long to wait before the next, ms. */
export interface Asked {
  health?: ChannelHealth
  waitMs: number
}

const longestWaitMs = 60_000
const afterRefusalMs = 5 * 60_000

/**
 * Asks a vendor again and again until closed: a long poll, a watch, a reconciliation. Failures become the channel's state in words and are
 * followed by growing pauses; states are reported when they change.
 */
export function keepAsking(hub: Hub, ask: (turn: Turn) => Promise<Asked>): Session {
  const stop = new AbortController()
  const running = run(hub, ask, stop.signal)
  return {
    async close() {
      stop.abort()
      await running
    },
  }
}

async function run(hub: Hub, ask: (turn: Turn) => Promise<Asked>, signal: AbortSignal): Promise<void> {
  const report = reporter(hub)
  let isFirst = true
  let failures = 0
  while (!signal.aborted) {
    const asked: Asked = await ask({ signal, isFirst, failures }).then(
      (result) => {
        failures = 0
        isFirst = false
        return result
      },
      (error: unknown) => explain(error, ++failures),
    )
    if (signal.aborted) return
    report(asked.health ?? { state: 'ok' })
    await wait(asked.waitMs, undefined, { signal }).catch(() => undefined)
  }
}

function explain(error: unknown, failures: number): Asked {
  const backOffMs = Math.min(1000 * 2 ** (failures - 1), longestWaitMs)
  if (!(error instanceof ConnectorError)) {
    const detail = { en: 'A message could not be stored, it will be fetched again', ru: 'Сообщение не удалось сохранить, оно будет получено снова' }
    return { health: { state: 'retrying', detail }, waitMs: backOffMs }
  }
  const detail = error.words ?? { en: error.message, ru: error.message }
  if (error.code === 'temporary' || error.code === 'rate_limited' || error.code === 'outcome_unknown') {
    return { health: { state: 'retrying', detail }, waitMs: error.retryAfterMs ?? backOffMs }
  }
  return { health: { state: 'attention', detail }, waitMs: afterRefusalMs }
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
