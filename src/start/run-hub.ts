import type { Logger } from '../core/connector/hub.ts'
import { StartFailure } from '../core/start-failure.ts'
import { createShutdown, type Shutdown } from './shutdown.ts'

/**
 * Runs the whole program: starts it, ends it in order at SIGTERM and SIGINT, and turns a failed start into one line and an exit code.
 * A second signal ends it at once.
 */
export async function runHub(logger: Logger, start: (shutdown: Shutdown) => Promise<void>): Promise<void> {
  const shutdown = createShutdown(logger)
  let stopping = false
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) process.exit(process.exitCode ?? 1)
    stopping = true
    logger.info({ signal }, 'Stopping')
    shutdown.close().then(
      () => process.exit(process.exitCode ?? 0),
      () => process.exit(1),
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  try {
    await start(shutdown)
  } catch (error) {
    if (stopping) return
    stopping = true
    await shutdown.close()
    process.exit(reportFailure(error))
  }
}

/** One line for what a person can repair; a trace for what he cannot. Returns the exit code. */
export function reportFailure(error: unknown): number {
  if (error instanceof StartFailure) {
    process.stderr.write(`Switchboard cannot start: ${error.message}\n`)
    return error.exitCode
  }
  process.stderr.write(`Switchboard cannot start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  return 1
}
