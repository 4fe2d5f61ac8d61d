import { pino } from 'pino'
import type { Config } from '../config.ts'
import { BackupFailure } from '../core/backup/backup.ts'
import type { Logger } from '../core/connector/hub.ts'
import { StartFailure } from '../core/start-failure.ts'
import { explainDatabaseError } from './explain-database-error.ts'

/** What goes wrong is said; what goes well is the command's own answer. */
export function commandLogger(config: Pick<Config, 'logLevel'>): Logger {
  return pino({ level: config.logLevel === 'info' ? 'warn' : config.logLevel }, pino.destination(2))
}

/** Runs a command to its end and exits: 0, or 1 with one line for what a person can repair and a trace for what he cannot. */
export async function runCommand(failed: string, command: () => Promise<void>): Promise<never> {
  try {
    await command()
    process.exit(0)
  } catch (error) {
    const told = error instanceof BackupFailure ? error : explainDatabaseError(error)
    const isKnown = told instanceof BackupFailure || told instanceof StartFailure
    process.stderr.write(`${failed}: ${isKnown ? told.message : told instanceof Error ? (told.stack ?? told.message) : String(told)}\n`)
    process.exit(told instanceof StartFailure ? told.exitCode : 1)
  }
}
