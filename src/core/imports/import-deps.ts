import type { Pool } from '../database/pool.ts'
import type { Files } from '../files/files.ts'
import type { FirmContext } from '../intake/apply/keys.ts'

/** What the worker of imports needs. */
export interface ImportDeps {
  pool: Pool
  files: Files
  firm(): FirmContext
}
