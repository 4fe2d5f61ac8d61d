import { afterAll, beforeAll, expect, test } from 'vitest'
import { addChannel, addContact, addConversation, addUser, admin } from '../../../tests/support/cards.ts'
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts'
import { openPrisma, type PrismaClient } from '../database/prisma.ts'
import { seeUsers } from '../routing/follow-presence.ts'
import { saveRule } from '../routing/save-rule.ts'
import { shareWaiting } from '../routing/share-waiting.ts'
import { createTeam } from './create-team.ts'
import { deleteTeam } from './delete-team.ts'
import { readTeam } from './team-store.ts'
import { updateUser } from './update-user.ts'

let db: TestDatabase
let prisma: PrismaClient
beforeAll(async () => {
  db = await testDatabase()
  prisma = openPrisma(db.url)
})
afterAll(async () => {
  await prisma.$disconnect()
  await db.close()
})

test('when a team is deleted, what was its own is everybody’s, and who waits there is shared out', async () => {
  const deps = { ...db, prisma }
  const team = await createTeam(deps, { name: 'Sales', memberIds: [] }, admin)
  const channelId = await addChannel(db.pool)
  await db.pool.query('update channels set team_id = $2 where id = $1', [channelId, team.id])
  const contactId = await addContact(db.pool, 'Client')
  const id = await addConversation(db.pool, { contactId, channelId, waitingSince: new Date(), teamId: team.id })
  await saveRule(db, { scope: 'firm', subjectId: null, rule: { sharing: 'least_loaded' } }, admin)
  const userId = await addUser(db.pool)
  await seeUsers(db, [userId])
  await deleteTeam(deps, team.id, admin)
  await shareWaiting(db)
  const { rows } = await db.pool.query(
    `select v.assignee_id as assignee, v.team_id as team, c.team_id as "ofChannel" from conversations v join channels c on c.id = v.channel_id where v.id = $1`,
    [id],
  )
  expect(rows).toEqual([{ assignee: userId, team: null, ofChannel: null }])
})

test('a user who is changed keeps his place in his teams, and is the last of a new one', async () => {
  const deps = { ...db, prisma }
  const [anna, boris, vera] = [await addUser(db.pool), await addUser(db.pool), await addUser(db.pool)]
  const [old, other] = [
    await createTeam(deps, { name: 'Old', memberIds: [anna, boris, vera] }, admin),
    await createTeam(deps, { name: 'Other', memberIds: [anna, boris] }, admin),
  ]
  await updateUser(deps, { id: vera, name: 'Vera', teamIds: [old.id, other.id] }, admin)
  expect((await readTeam(deps, old.id)).memberIds).toEqual([anna, boris, vera])
  expect((await readTeam(deps, other.id)).memberIds).toEqual([anna, boris, vera])
  await updateUser(deps, { id: anna, teamIds: [other.id] }, admin)
  expect((await readTeam(deps, old.id)).memberIds).toEqual([boris, vera])
})
