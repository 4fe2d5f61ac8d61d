import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openFiles } from '../../src/core/files/files.ts'
import { changeMapping, checkImport, startImport } from '../../src/core/imports/change-import.ts'
import { createImport } from '../../src/core/imports/create-import.ts'
import type { ImportOptions, ImportView } from '../../src/core/imports/import.ts'
import type { ImportDeps } from '../../src/core/imports/import-deps.ts'
import { listImportRows } from '../../src/core/imports/list-imports.ts'
import { presentImport } from '../../src/core/imports/present-import.ts'
import { runImport } from '../../src/core/imports/run-imports.ts'
import type { Jobs } from '../../src/core/jobs/queue.ts'
import { admin } from './cards.ts'
import { type TestDatabase, testDatabase } from './database.ts'

export interface ImportGround extends ImportDeps {
  db: TestDatabase
  jobs: Jobs
  /** Takes a file in and reads it. */
  take(text: string | Uint8Array, name?: string): Promise<ImportView>
  /** The dry run, to its end. */
  check(id: string, options?: Partial<ImportOptions>): Promise<ImportView>
  /** All rows into cards. */
  run(id: string): Promise<ImportView>
  rows(id: string): ReturnType<typeof rowsOf>
  close(): Promise<void>
}

/** Imports over a fresh database without a queue: steps are run by the test. */
export async function importGround(): Promise<ImportGround> {
  const db = await testDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'switchboard-import-'))
  const jobs: Jobs = { define: () => {}, add: async () => {}, every: async () => {}, close: async () => {} }
  const deps = { pool: db.pool, files: openFiles({ dataDir: folder }), jobs, firm: () => ({ defaultCountry: 'RU', own: new Set<string>() }) }
  const done = async (id: string) => {
    await runImport(deps, id)
    return await presentImport(db.pool, id)
  }
  return {
    ...deps,
    db,
    take: async (text, name = 'clients.csv') => done((await createImport(deps, { name, bytes: Buffer.from(text) }, admin)).id),
    async check(id, options) {
      if (options) await changeMapping(deps, id, { options })
      await checkImport(deps, id)
      return await done(id)
    },
    async run(id) {
      await startImport(deps, id, admin)
      return await done(id)
    },
    rows: (id) => rowsOf(deps, id),
    async close() {
      await db.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function rowsOf(deps: ImportDeps, id: string) {
  return (await listImportRows(deps, id, { limit: 200 })).items
}
