import type { Logger } from '../core/connector/hub.ts'
import { StartFailure } from '../core/start-failure.ts'
import { createShutdown, type Shutdown } from './shutdown.ts'

/**
 * Runs the whole program: starts it, ends it in order at SIGTERM and SIGINT, and turns a failed start into one line and an exit code.
 * A signal that comes again after a second ends it at once (sooner it is the same Ctrl-C, which npm hands on too).
 */
export async function runHub(logger: Logger, start: (shutdown: Shutdown) => Promise<void>): Promise<void> {
  const shutdown = createShutdown(logger)
  let stoppingSince: number | undefined
  const stop = (reason: string): void => {
    if (stoppingSince !== undefined) {
      if (Date.now() - stoppingSince > 1_000) process.exit(process.exitCode ?? 1)
      return
    }
    stoppingSince = Date.now()
    logger.info({ reason }, 'Stopping')
    shutdown.close().then(
      () => process.exit(process.exitCode ?? 0),
      () => process.exit(1),
    )
  }
  // A promise that nobody awaited broke: a mistake of ours, and no reason to leave everybody else's calls and letters alone.
  process.on('unhandledRejection', (reason) => {
    logger.error({ error: reason instanceof Error ? (reason.stack ?? reason.message) : String(reason) }, 'a failure that nobody heard')
  })
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  // The starting script was killed: nobody could stop this process by its number any more.
  if (process.connected) process.on('disconnect', () => stop('the starting script ended'))
  stopWithNpm(stop)
  try {
    await start(shutdown)
  } catch (error) {
    if (stoppingSince !== undefined) return
    stoppingSince = Date.now()
    await shutdown.close()
    process.exit(reportFailure(error))
  }
}

/** npm hands SIGTERM to its shell, and the shell to nobody: what is left to see is that the parent is another. */
function stopWithNpm(stop: (reason: string) => void): void {
  if (process.env.npm_lifecycle_event === undefined) return
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) stop('npm ended')
  }, 250).unref()
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
