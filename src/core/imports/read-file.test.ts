import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts'
import { newId } from '../database/id.ts'
import type { Files } from '../files/files.ts'
import type { ImportDeps } from './import-deps.ts'
import { insertImport, readImport, selectFileRows } from './import-store.ts'
import { readFile } from './read-file.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())

test('a worker that reads the same file behind another one changes nothing of what is there', async () => {
  const bytes = Buffer.from(`Имя;Телефон\n${Array.from({ length: 2_500 }, (_, n) => `Клиент ${n};8 916 ${1_000_000 + n}\n`).join('')}`)
  const files = { read: async () => bytes, remove: async () => {} } as unknown as Files
  const deps: ImportDeps = { pool: db.pool, files, firm: () => ({ defaultCountry: 'RU', own: new Set() }) }
  const id = newId()
  await insertImport(db.pool, { id, name: 'a.csv', size: bytes.length, file: 'imports/a', actorId: null })
  const begun = await readImport(db.pool, id)
  for (let worker = 0; worker < 2; worker++) {
    await readFile(deps, begun)
    const rows = await selectFileRows(db.pool, id, 0, 5_000)
    expect([rows.length, rows[0], rows.at(-1)?.number]).toEqual([2_500, { number: 2, cells: ['Клиент 0', '8 916 1000000'] }, 2_501])
    expect(await readImport(db.pool, id)).toMatchObject({ status: 'mapping', total: 2_500 })
  }
})
