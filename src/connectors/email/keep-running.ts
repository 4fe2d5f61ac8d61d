import type { Session } from '../../core/connector/connector.ts'
import type { Hub } from '../../core/connector/hub.ts'
import { MailError } from './servers/mail-error.ts'

const second = 1000
const minute = 60 * second
/** Wrong passwords are not tried again quickly: providers lock accounts. */
const signInPauses = [15 * minute, 60 * minute, 360 * minute]
const stableMs = 60 * second

/**
 * Runs a connection again and again until the session is closed. `runOnce` works until its connection ends and rejects with the reason; the pause
 * before the next try grows from 1 s to 5 min, with jitter, and starts anew after a minute of stable life.
 */
export function keepRunning(hub: Hub, runOnce: (signal: AbortSignal) => Promise<void>): Session {
  const stop = new AbortController()
  const running = loop(hub, runOnce, stop.signal)
  return {
    async close() {
      stop.abort()
      await running
    },
  }
}

async function loop(hub: Hub, runOnce: (signal: AbortSignal) => Promise<void>, signal: AbortSignal): Promise<void> {
  let failures = 0
  let refusals = 0
  while (!signal.aborted) {
    const startedAt = performance.now()
    try {
      await runOnce(signal)
      failures = 0
      refusals = 0
    } catch (error) {
      if (signal.aborted) return
      if (performance.now() - startedAt > stableMs) {
        failures = 0
        refusals = 0
      }
      const isRefused = error instanceof MailError && error.code === 'auth_failed'
      reportFailure(hub, error, isRefused)
      const pause = isRefused ? (signInPauses[Math.min(refusals, 2)] ?? minute) : pauseAfter(error, failures)
      if (isRefused) refusals += 1
      else failures += 1
      await sleep(pause, signal)
    }
  }
}

function reportFailure(hub: Hub, error: unknown, isRefused: boolean): void {
  const detail = error instanceof MailError ? error.words : { en: 'The connection was lost; trying again.', ru: 'Связь прервалась, пробуем снова.' }
  hub.report({ state: isRefused ? 'attention' : 'retrying', detail })
  hub.logger.warn({ reason: error instanceof Error ? error.name : 'unknown' }, 'mail connection ended')
}

function pauseAfter(error: unknown, failures: number): number {
  const grown = Math.min(second * 2 ** failures, 5 * minute) * (0.75 + Math.random() / 2)
  const asked = error instanceof MailError ? (error.retryAfterMs ?? 0) : 0
  return Math.max(grown, asked)
}

/** Waits; an abort ends the wait at once, without an exception. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve()
      return
    }
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
  })
}
