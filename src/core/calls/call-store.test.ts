import { afterAll, beforeAll, expect, test } from 'vitest'
import { addChannel, addContact, addUser, admin } from '../../../tests/support/cards.ts'
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts'
import { newId } from '../database/id.ts'
import { inTransaction } from '../database/pool.ts'
import { commentCall, listComments } from '../reviews/comment-call.ts'
import { listReviews } from '../reviews/list-reviews.ts'
import { saveReview } from '../reviews/save-review.ts'
import { createTask } from '../tasks/change-task.ts'
import { joinCalls } from './call-store.ts'
import { changeCall } from './change-call.ts'
import { readCall } from './list-calls.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())

async function addCall(channelId: string, contactId: string, userId: string): Promise<string> {
  const id = newId()
  await db.pool.query(
    `insert into calls (id, channel_id, contact_id, direction, state, outcome, started_at, answered_at, talk_seconds, user_id)
     values ($1, $2, $3, 'inbound', 'ended', 'answered', now(), now(), 60, $4)`,
    [id, channelId, contactId, userId],
  )
  return id
}

test('what people wrote of a call stays when it turns out to be another one', async () => {
  const contactId = await addContact(db.pool, 'Анна')
  const userId = await addUser(db.pool)
  const channelId = await addChannel(db.pool)
  const [from, into] = [await addCall(channelId, contactId, userId), await addCall(channelId, contactId, userId)]
  await changeCall(db, from, { disposition: 'Agreed', note: 'wants a balcony', wrappedUp: true }, admin)
  await changeCall(db, into, { note: 'rang from the car' }, admin)
  await createTask(db, { title: 'call back', due: { at: new Date() }, callId: from }, admin)
  await commentCall(db, from, { atSeconds: 3, text: 'well said' }, admin)
  await saveReview(db, 'call', from, [{ itemId: 'first-1', value: 1 }], admin)
  await db.pool.query('insert into review_samples (call_id, user_id, day) values ($1, $2, current_date)', [from, userId])
  await inTransaction(db.pool, (tx) => joinCalls(tx, [{ from, into, contactId, entryId: null }]))
  expect(await readCall(db, admin.actor, into)).toMatchObject({
    disposition: 'Agreed',
    note: 'rang from the car\nwants a balcony',
    wrappedUpAt: expect.any(String),
  })
  expect(await listComments(db, admin.actor, into)).toMatchObject([{ text: 'well said' }])
  expect((await listReviews(db, admin.actor, { subjectIds: [into], limit: 5 })).items).toMatchObject([{ ones: 1 }])
  const { rows } = await db.pool.query(
    `select (select count(*)::int from tasks where call_id = $1) as tasks, (select count(*)::int from review_samples where call_id = $1) as drawn`,
    [into],
  )
  expect(rows).toEqual([{ tasks: 1, drawn: 1 }])
})
