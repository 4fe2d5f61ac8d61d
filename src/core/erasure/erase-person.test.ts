import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { addContact, addEntry } from '../../../tests/support/cards.ts'
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts'
import type { ChannelDirectory } from '../channels/channel-directory.ts'
import { createVault } from '../channels/vault.ts'
import { newId } from '../database/id.ts'
import { inTransaction } from '../database/pool.ts'
import type { Files } from '../files/files.ts'
import { identityKey } from '../intake/apply/keys.ts'
import { lockNames } from '../intake/apply/lock.ts'
import { erasePerson } from './erase-person.ts'
import { insertErasure, noteErasure, readErasure } from './erasure-store.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())

/** A storage in which nothing can be removed. */
function stuckStorage() {
  const written = new Map<string, string>()
  const files = {
    write: async (name: string, bytes: Uint8Array) => void written.set(name, Buffer.from(bytes).toString()),
    remove: () => Promise.reject(new Error('the storage is away')),
  } as unknown as Files
  const channels = { byId: () => undefined } as unknown as ChannelDirectory
  return { deps: { pool: db.pool, vault: createVault(Buffer.alloc(32, 1)), files, channels }, written }
}

async function askedFor(phone: string): Promise<{ id: string; contactId: string }> {
  const contactId = await addContact(db.pool, 'Анна', [{ kind: 'phone', value: phone }])
  const entryId = await addEntry(db.pool, { contactId, text: 'с файлом' })
  await db.pool.query(
    `insert into attachments (id, entry_id, position, name, type, state, file, sha256, size) values ($1, $2, 0, 'a.txt', 'text/plain', 'ready', $3, '00', 1)`,
    [newId(), entryId, `attachments/00/${newId()}`],
  )
  const id = newId()
  await insertErasure(db.pool, { id, contactIds: [contactId], actorId: null, askedAt: new Date() })
  return { id, contactId }
}

test('when files cannot be removed the next try goes on with them alone: certificate and journal stay', async () => {
  const { id } = await askedFor('+79160000001')
  const { deps, written } = stuckStorage()
  for (let tries = 0; tries < 2; tries++) {
    await expect(erasePerson(deps, id)).rejects.toThrow('the storage is away')
    // As its worker does.
    await noteErasure(db.pool, id, { status: 'failed', failure: 'the storage is away' })
  }
  expect(await readErasure(db.pool, id)).toMatchObject({ status: 'done', failure: 'the storage is away', certificate: { removed: { entries: 1 } } })
  expect(JSON.parse(written.get(`erasures/${id}.json`) ?? '')).toMatchObject({ certificate: { removed: { entries: 1 } } })
})

test('what is being applied while he is erased goes too', async () => {
  const { id, contactId } = await askedFor('+79160000002')
  let erasing: Promise<unknown> = Promise.resolve()
  await inTransaction(db.pool, async (tx) => {
    await lockNames(tx, [`identity ${identityKey('phone', '+79160000002')}`])
    await tx.query(
      `insert into entries (id, kind, contact_id, text, occurred_at, received_at, sort_at) values ($1, 'message', $2, 'just now', now(), now(), now())`,
      [newId(), contactId],
    )
    erasing = erasePerson(stuckStorage().deps, id).catch(() => {})
    await vi.waitFor(
      async () => {
        const { rowCount } = await db.pool.query(
          `select from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())`,
        )
        expect(rowCount).toBe(1)
      },
      { timeout: 60_000 },
    )
  })
  await erasing
  expect((await db.pool.query('select from entries where contact_id = $1', [contactId])).rowCount).toBe(0)
  expect(await readErasure(db.pool, id)).toMatchObject({ status: 'done', certificate: { removed: { entries: 2 } } })
})
