import { afterAll, beforeAll, expect, test } from 'vitest'
import { addChannel, addContact, addConversation, addUser, admin } from '../../../tests/support/cards.ts'
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts'
import { refreshUnheard } from '../calls/call-store.ts'
import { stopWaiting, waitAgain } from '../conversations/end-waiting.ts'
import { listWaiting } from '../conversations/list-waiting.ts'
import { newId } from '../database/id.ts'
import { inTransaction } from '../database/pool.ts'
import { seeUsers } from './follow-presence.ts'
import { saveRule } from './save-rule.ts'
import { shareWaiting } from './share-waiting.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())

test('a missed call stands in the one list, is shared out, and leaves it like anything else', async () => {
  const channelId = await addChannel(db.pool)
  const contactId = await addContact(db.pool, 'Caller')
  const id = await addConversation(db.pool, { contactId, channelId, medium: 'voice' })
  const startedAt = new Date(Date.now() - 600_000)
  await db.pool.query(
    `insert into calls (id, channel_id, contact_id, conversation_id, direction, state, outcome, started_at) values ($1, $2, $3, $4, 'inbound', 'ended', 'missed', $5)`,
    [newId(), channelId, contactId, id, startedAt],
  )
  const refresh = (isSilent = false) => inTransaction(db.pool, (tx) => refreshUnheard(tx, [id], { isSilent }))
  const waiting = async () =>
    (await listWaiting(db, admin.actor, { scope: 'all', limit: 10 })).items.map((row) => [row.contact.name, row.waitingSince])
  await saveRule(db, { scope: 'firm', subjectId: null, rule: { sharing: 'least_loaded' } }, admin)
  const anna = await addUser(db.pool, 'Anna')
  await seeUsers(db, [anna])
  await refresh()
  expect(await waiting()).toEqual([['Caller', startedAt.toISOString()]])
  expect(await shareWaiting(db)).toBe(1)
  await stopWaiting(db, id, admin, 'elsewhere')
  await refresh()
  expect(await waiting()).toEqual([])
  await waitAgain(db, id, admin)
  await refresh()
  expect(await waiting()).toEqual([['Caller', startedAt.toISOString()]])
})
