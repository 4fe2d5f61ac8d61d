import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addContact, addEntry } from '../../../tests/support/cards.ts'
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts'
import { newId } from '../database/id.ts'
import type { Files } from '../files/files.ts'
import { insertPersonExport } from './person-export-store.ts'
import { writePersonExport } from './write-person-export.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())

const breaking = () =>
  Readable.from(
    (async function* () {
      yield Buffer.from('a')
      throw new Error('the storage is away')
    })(),
  )

test.each<[string, Files['stream']]>([
  ['cannot be opened', () => Promise.reject(new Error('the storage is away'))],
  ['breaks off', async () => breaking()],
])('a file that %s fails the export and nothing else', async (_how, stream) => {
  const contactId = await addContact(db.pool, 'Анна')
  const entryId = await addEntry(db.pool, { contactId, text: 'с файлом' })
  await db.pool.query(
    `insert into attachments (id, entry_id, position, name, type, state, file, sha256, size) values ($1, $2, 0, 'a.txt', 'text/plain', 'ready', $3, '00', 1)`,
    [newId(), entryId, `attachments/00/${newId()}`],
  )
  const id = newId()
  await insertPersonExport(db.pool, { id, contactId, language: 'ru', actorId: null, expiresAt: new Date(Date.now() + 60_000) })
  // Nothing else of the storage is used before the archive is whole.
  const files = { stream } as Pick<Files, 'stream'> as Files
  await expect(writePersonExport({ pool: db.pool, files }, id)).rejects.toThrow('the storage is away')
})
