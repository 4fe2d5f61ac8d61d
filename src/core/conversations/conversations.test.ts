import { afterAll, beforeAll, expect, test } from 'vitest'
import { addChannel, addContact, addConversation, addEntry, addUser, admin, operator } from '../../../tests/support/cards.ts'
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts'
import { mergeContacts } from '../contacts/merge-contacts.ts'
import { newId } from '../database/id.ts'
import { assignConversation, takeConversation } from './assign-conversation.ts'
import { finishConversation, resumeConversation } from './change-conversation.ts'
import { stopWaiting } from './end-waiting.ts'
import { listConversations, readConversation } from './list-conversations.ts'
import { listWaiting } from './list-waiting.ts'
import { readMessages } from './read-messages.ts'
import { readDraft, saveDraft } from './save-draft.ts'

let db: TestDatabase
let channelId: string
beforeAll(async () => {
  db = await testDatabase()
  channelId = await addChannel(db.pool)
})
afterAll(() => db.close())

const ago = (minutes: number) => new Date(Date.UTC(2026, 0, 1, 12) - minutes * 60_000)

test('of two who take a conversation at once one wins, and the other hears who', async () => {
  const conversation = await addConversation(db.pool, { contactId: await addContact(db.pool, 'A'), channelId })
  const [first, second] = [operator(await addUser(db.pool, 'First')), operator(await addUser(db.pool, 'Second'))]
  const settled = await Promise.allSettled([takeConversation(db, conversation, first), takeConversation(db, conversation, second)])
  const lost = settled.find((one) => one.status === 'rejected')
  const { assigneeId } = await readConversation(db, admin.actor, conversation)
  expect(settled.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
  const winner = assigneeId === first.actor.id ? 'First' : 'Second'
  expect(lost).toMatchObject({ reason: { code: 'conflict', members: { assigneeId, assigneeName: winner } } })
  const again = assigneeId === first.actor.id ? first : second
  await expect(takeConversation(db, conversation, again)).resolves.toMatchObject({ assigneeId })
  await expect(takeConversation(db, conversation, admin)).rejects.toMatchObject({ code: 'invalid_request' })
})

test('can be given to a colleague or a team, closed and opened again, and everybody hears of it', async () => {
  const id = await addConversation(db.pool, { contactId: await addContact(db.pool, 'B'), channelId, waitingSince: ago(5) })
  const userId = await addUser(db.pool)
  const teamId = newId()
  await db.pool.query('insert into teams (id, name) values ($1, $2)', [teamId, teamId])
  expect(await assignConversation(db, id, { userId, teamId }, admin)).toMatchObject({ assigneeId: userId, teamId, state: 'waiting' })
  expect(await assignConversation(db, id, { userId: null }, admin)).toMatchObject({ assigneeId: null, teamId })
  await expect(assignConversation(db, id, { userId: newId() }, admin)).rejects.toMatchObject({ code: 'invalid_request' })
  expect(await finishConversation(db, id, admin)).toMatchObject({ state: 'closed', waitingSince: null })
  expect(await resumeConversation(db, id, admin)).toMatchObject({ state: 'open' })
  const { rows } = await db.pool.query<{ state: string }>(
    `select payload->>'state' as state from live_events where conversation_id = $1 and type = 'conversation.changed' order by id`,
    [id],
  )
  expect(rows.map((row) => row.state)).toEqual(['waiting', 'waiting', 'closed', 'open'])
})

test('lists by state and assignee', async () => {
  const fresh = await testDatabase()
  const channel = await addChannel(fresh.pool)
  const contactId = await addContact(fresh.pool, 'C')
  const me = await addUser(fresh.pool)
  const [open, waiting, closed] = [
    await addConversation(fresh.pool, { contactId, channelId: channel }),
    await addConversation(fresh.pool, { contactId, channelId: channel, waitingSince: ago(1) }),
    await addConversation(fresh.pool, { contactId, channelId: channel }),
  ]
  await finishConversation(fresh, closed, admin)
  await assignConversation(fresh, open, { userId: me }, admin)
  const ids = async (filter: Parameters<typeof listConversations>[2]) =>
    (await listConversations(fresh, admin.actor, filter)).items.map((one) => one.id).sort()
  expect(await ids({ limit: 10, state: 'open' })).toEqual([open, waiting].sort())
  expect(await ids({ limit: 10, state: 'waiting' })).toEqual([waiting])
  expect(await ids({ limit: 10, state: 'closed' })).toEqual([closed])
  expect(await ids({ limit: 10, assigneeId: me })).toEqual([open])
  expect(await ids({ limit: 10, isUnassigned: true })).toEqual([waiting, closed].sort())
  await fresh.close()
})

test('the waiting list has one row per client over all media, the first due first, mine, my team’s and all', async () => {
  const fresh = await testDatabase()
  const [chat, mail] = [await addChannel(fresh.pool), await addChannel(fresh.pool)]
  const [early, late, merged, calm] = [
    await addContact(fresh.pool, 'Early'),
    await addContact(fresh.pool, 'Late'),
    await addContact(fresh.pool, 'Early too'),
    await addContact(fresh.pool, 'Calm'),
  ]
  await mergeContacts(fresh, { fromId: merged, intoId: early }, admin)
  const me = operator(await addUser(fresh.pool))
  const [mine, theirs] = [newId(), newId()]
  for (const id of [mine, theirs]) await fresh.pool.query('insert into teams (id, name) values ($1, $2)', [id, id])
  await fresh.pool.query('insert into team_members (team_id, user_id) values ($1, $2)', [mine, me.actor.id])
  const own = await addConversation(fresh.pool, { contactId: early, channelId: chat, waitingSince: ago(10) })
  await addConversation(fresh.pool, { contactId: merged, channelId: mail, medium: 'email', waitingSince: ago(60), teamId: theirs })
  await addConversation(fresh.pool, { contactId: late, channelId: chat, waitingSince: ago(30), teamId: mine })
  await addConversation(fresh.pool, { contactId: calm, channelId: chat })
  await assignConversation(fresh, own, { userId: me.actor.id }, admin)
  await addEntry(fresh.pool, { contactId: early, conversationId: own, text: 'Are you there?' })
  const list = async (scope: 'mine' | 'team' | 'all', limit = 10) => await listWaiting(fresh, me.actor, { scope, limit })
  const all = await list('all')
  expect(all.items.map((row) => [row.contact.name, row.waitingSince, row.conversations.length])).toEqual([
    ['Early', ago(60).toISOString(), 2],
    ['Late', ago(30).toISOString(), 1],
  ])
  expect(all.counts).toEqual({ mine: 1, team: 2, all: 2 })
  expect((await list('mine')).items).toMatchObject([{ contact: { id: early }, lastEntry: { text: 'Are you there?' } }])
  expect((await list('team')).items.map((row) => row.contact.name)).toEqual(['Late', 'Early'])
  const firstPage = await list('all', 1)
  const rest = await listWaiting(fresh, me.actor, { scope: 'all', limit: 1, cursor: firstPage.nextCursor ?? '' })
  expect([firstPage, rest].map((page) => page.items[0]?.contact.name)).toEqual(['Early', 'Late'])
  await stopWaiting(fresh, own, me)
  expect((await list('all')).items.map((row) => row.contact.name)).toEqual(['Late'])
  await fresh.close()
})

test('a page of messages comes with a place in the live stream from before it was read', async () => {
  const contactId = await addContact(db.pool, 'D')
  const id = await addConversation(db.pool, { contactId, channelId })
  for (let number = 0; number < 5; number++)
    await addEntry(db.pool, { contactId, conversationId: id, text: `${number}`, at: new Date(Date.UTC(2026, 0, 1, number)) })
  const page = await readMessages(db, admin.actor, id, { limit: 3 })
  const older = await readMessages(db, admin.actor, id, { limit: 3, cursor: page.nextCursor ?? '' })
  expect([...page.items, ...older.items].map((entry) => entry.text)).toEqual(['4', '3', '2', '1', '0'])
  expect(older.nextCursor).toBeNull()
  expect(page.cursor).toMatch(/^\d+\.\d+$/)
})

test('a draft is kept for its author alone', async () => {
  const id = await addConversation(db.pool, { contactId: await addContact(db.pool, 'E'), channelId })
  const [one, two] = [operator(await addUser(db.pool)), operator(await addUser(db.pool))]
  await saveDraft(db, id, 'Dear', one)
  await saveDraft(db, id, 'Dear client', one)
  expect(await readDraft(db, id, one)).toMatchObject({ text: 'Dear client' })
  expect(await readDraft(db, id, two)).toBeNull()
  const { rows } = await db.pool.query(
    `select payload::text like '%Dear%' as leaks from live_events where type = 'draft.changed' and conversation_id = $1`,
    [id],
  )
  expect(rows).toEqual([{ leaks: false }, { leaks: false }])
  expect(await saveDraft(db, id, '', one)).toBeNull()
})

test('whoever sees only his own clients sees no other conversation', async () => {
  const id = await addConversation(db.pool, { contactId: await addContact(db.pool, 'F'), channelId, waitingSince: ago(1) })
  const me = operator(await addUser(db.pool), { ownClientsOnly: true })
  await expect(readConversation(db, me.actor, id)).rejects.toMatchObject({ code: 'not_found' })
  await expect(readMessages(db, me.actor, id, { limit: 1 })).rejects.toMatchObject({ code: 'not_found' })
  await expect(takeConversation(db, id, me)).rejects.toMatchObject({ code: 'not_found' })
  expect((await listWaiting(db, me.actor, { scope: 'all', limit: 10 })).items).toEqual([])
  await assignConversation(db, id, { userId: me.actor.id }, admin)
  expect((await listWaiting(db, me.actor, { scope: 'mine', limit: 10 })).items).toHaveLength(1)
})
