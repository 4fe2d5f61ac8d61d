import type { ComposeDeps } from './compose-message.ts'
import { sendDueMessages } from './send-scheduled.ts'

const everyMs = 5_000

/** Looks every few seconds for messages whose time has come: over all processes each leaves once. */
export function startScheduled(deps: ComposeDeps, ms = everyMs): { close(): Promise<void> } {
  let running: Promise<unknown> | undefined
  const look = () => {
    running ??= sendDueMessages(deps)
      .catch((error: unknown) => deps.logger.warn({ error: String(error) }, 'scheduled messages could not be looked for; they will be again'))
      .finally(() => {
        running = undefined
      })
  }
  const timer = setInterval(look, ms)
  look()
  return {
    async close() {
      clearInterval(timer)
      await running
    },
  }
}
