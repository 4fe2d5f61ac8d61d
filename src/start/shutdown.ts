import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '../core/connector/hub.ts'

type Close = () => Promise<void>

export interface Shutdown {
  /** Whatever is opened is closed in the opposite order. What was opened first (the database) keeps half of the time for itself. */
  onClose(name: string, close: Close): void
  /** Closes everything, once; later calls wait for the same end. */
  close(): Promise<void>
}

/** Together they stay under the ten seconds that are promised. */
const othersMs = 4_500
const firstMs = 5_000

/** Gathers what must be closed. A part that does not end in time is left, and its work is taken up again at the next start. */
export function createShutdown(logger: Logger): Shutdown {
  const parts: { name: string; close: Close }[] = []
  let closing: Promise<void> | undefined

  const closeAll = async (): Promise<void> => {
    const deadline = Date.now() + othersMs
    for (const [index, part] of parts.entries().toArray().reverse()) {
      const ms = index === 0 ? firstMs : Math.max(0, deadline - Date.now())
      await closeWithin(part, ms, logger)
    }
  }
  return {
    onClose(name, close) {
      parts.push({ name, close })
    },
    close() {
      closing ??= closeAll()
      return closing
    },
  }
}

async function closeWithin({ name, close }: { name: string; close: Close }, ms: number, logger: Logger): Promise<void> {
  const timer = new AbortController()
  const closed = close().then(
    () => true,
    (error: unknown) => {
      logger.error({ err: error }, `Could not close ${name}`)
      return true
    },
  )
  const inTime = await Promise.race([closed, sleep(ms, false, { signal: timer.signal }).catch(() => true)])
  timer.abort()
  if (!inTime) logger.warn({}, `${name} did not end in time`)
}
