import type { Config } from '../config.ts'
import type { Logger } from '../core/connector/hub.ts'
import { findRunning, openEmbedded } from '../core/database/embedded.ts'
import { StartFailure } from '../core/start-failure.ts'
import { explainDatabaseError } from './explain-database-error.ts'
import type { OpenDatabase } from './open-database.ts'

/** The database for a command beside the hub: that of the running hub where there is one, else the embedded one is started for as long. */
export async function reachDatabase(config: Config, logger: Logger): Promise<OpenDatabase> {
  if (config.databaseUrl) return { databaseUrl: config.databaseUrl, close: async () => {} }
  const running = await findRunning(config.dataDir)
  return running ? { databaseUrl: running, close: async () => {} } : await ownDatabase(config, logger)
}

/**
 * The database for a command that must be alone on it.
 * @throws StartFailure `already_running` while a hub works on the embedded one
 */
export async function ownDatabase(config: Config, logger: Logger): Promise<OpenDatabase> {
  if (config.databaseUrl) return { databaseUrl: config.databaseUrl, close: async () => {} }
  try {
    return await openEmbedded(config.dataDir, logger, () => {})
  } catch (error) {
    throw error instanceof StartFailure ? error : explainDatabaseError(error)
  }
}
