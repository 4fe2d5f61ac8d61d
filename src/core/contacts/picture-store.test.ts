import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts'
import { newId } from '../database/id.ts'
import { inTransaction } from '../database/pool.ts'
import { claimPictures, giveUpPicture, notePictures, retryPicture, selectPicture, writePicture } from './picture-store.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

const picture = { type: 'image/png', size: 3, sha256: 'abc', file: 'pictures/00/x' }
const note = (contactId: string, ref: string) => inTransaction(database.pool, (tx) => notePictures(tx, [{ contactId, channelId: newId(), ref }]))
const claim = async () => (await claimPictures(database.pool, 10)).map(({ contactId, ref, attempts }) => [contactId, ref, attempts])
const age = (contactId: string, interval: string) =>
  database.pool.query(`update contact_pictures set told_at = told_at - $2::interval, next_attempt_at = now() where contact_id = $1`, [
    contactId,
    interval,
  ])

it('a picture is fetched once and again after a month; the old one is shown until then, and stays when there is no newer', async () => {
  const id = newId()
  await note(id, 'first')
  expect(await claim()).toEqual([[id, 'first', 1]])
  expect(await claim()).toEqual([])
  await inTransaction(database.pool, (tx) => writePicture(tx, id, picture))
  await age(id, '29 days')
  await note(id, 'second')
  expect(await claim()).toEqual([])
  await age(id, '2 days')
  await note(id, 'third')
  expect(await claim()).toEqual([[id, 'third', 1]])
  expect(await selectPicture(database.pool, id)).toEqual(picture)
  await giveUpPicture(database.pool, id)
  expect(await selectPicture(database.pool, id)).toEqual(picture)
  expect(await claim()).toEqual([])
})

it('what may pass is tried again later, and two processes never fetch the same', async () => {
  const ids = [newId(), newId(), newId()]
  for (const id of ids) await note(id, 'r')
  const claimed = await Promise.all([claimPictures(database.pool, 2), claimPictures(database.pool, 2)])
  expect(
    claimed
      .flat()
      .map(({ contactId }) => contactId)
      .toSorted(),
  ).toEqual(ids.toSorted())
  await retryPicture(database.pool, String(ids[0]), 0)
  expect(await claim()).toEqual([[ids[0], 'r', 2]])
})
