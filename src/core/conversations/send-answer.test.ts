import { afterAll, beforeAll, expect, test } from 'vitest'
import { addUser, operator } from '../../../tests/support/cards.ts'
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts'
import { type HubProcess, makeChannel, makeConversation, openHubProcess } from '../../../tests/support/outbox.ts'
import { startConversation } from '../messages/start-conversation.ts'
import { sendAnswer } from './send-answer.ts'

let database: TestDatabase
let hub: HubProcess
let channelId: string
beforeAll(async () => {
  database = await testDatabase()
  hub = await openHubProcess(database.url)
  channelId = await makeChannel(hub, 'http://127.0.0.1:9')
})
afterAll(async () => {
  await hub.close()
  await database.close()
})

const isWaiting = async (id: string) => {
  const { rows } = await hub.pool.query('select waiting_since is not null as waits, assignee_id as assignee from conversations where id = $1', [id])
  return rows[0]
}
/** The client writes again in the moment between the commit of an answer and its way out. */
const writingBehind = (conversationId: string): HubProcess => ({
  ...hub,
  jobs: {
    ...hub.jobs,
    add: async () => void (await hub.pool.query('update conversations set waiting_since = now() where id = $1', [conversationId])),
  },
})

test('who is answered waits no more in any medium, and what nobody had stays with who answered', async () => {
  const id = await makeConversation(hub.pool, channelId)
  const me = await addUser(hub.pool)
  await sendAnswer(hub, { conversationId: id, text: 'answer' }, operator(me))
  expect(await isWaiting(id)).toEqual({ waits: false, assignee: me })
})

test('who writes again right behind the answer waits anew', async () => {
  const [answered, begun] = [await makeConversation(hub.pool, channelId), await makeConversation(hub.pool, channelId)]
  const me = operator(await addUser(hub.pool))
  await sendAnswer(writingBehind(answered), { conversationId: answered, text: 'answer' }, me)
  expect(await isWaiting(answered)).toMatchObject({ waits: true })
  const { rows } = await hub.pool.query('select contact_id as "contactId" from conversations where id = $1', [begun])
  await startConversation(writingBehind(begun), { actor: me.actor, contactId: rows[0].contactId, channelId, text: 'good day' })
  expect(await isWaiting(begun)).toMatchObject({ waits: true })
})
