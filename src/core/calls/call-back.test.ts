import { afterAll, beforeAll, expect, test } from 'vitest'
import { addChannel, addContact, addUser } from '../../../tests/support/cards.ts'
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts'
import { silentLogger } from '../../../tests/support/test-connector.ts'
import type { LoadedChannel } from '../channels/channel.ts'
import type { ChannelDirectory } from '../channels/channel-directory.ts'
import type { CallRequest } from '../connector/calling.ts'
import type { Hub } from '../connector/hub.ts'
import { visitorKind } from '../connector/visitors.ts'
import { newId } from '../database/id.ts'
import { seeUsers } from '../routing/follow-presence.ts'
import { type CallBackDeps, callBack } from './call-back.ts'

let db: TestDatabase
let deps: CallBackDeps
let channelId: string
const asked: CallRequest[] = []
beforeAll(async () => {
  db = await testDatabase()
  channelId = await addChannel(db.pool)
  const userId = await addUser(db.pool)
  await db.pool.query(`insert into user_numbers (id, user_id, value) values ($1, $2, '101')`, [newId(), userId])
  await seeUsers(db, [userId])
  const connector = { manifest: { id: 'pbx' }, placeCall: async (request: CallRequest) => void asked.push(request) }
  const channel = { id: channelId, key: 'k', media: ['voice'], teamId: null, pausedAt: null, settings: {}, connector } as unknown as LoadedChannel
  deps = {
    pool: db.pool,
    directory: { byId: () => channel } as unknown as ChannelDirectory,
    hubOf: () => ({}) as Hub,
    publicUrl: 'http://hub.example',
    firm: () => ({ defaultCountry: 'RU' }),
    logger: silentLogger,
  }
})
afterAll(() => db.close())

async function wish(phone: string) {
  const visitorId = newId()
  await addContact(db.pool, 'Visitor', [{ kind: visitorKind, value: visitorId }])
  return { key: newId(), visitorId, channelId, phone }
}

test('of ten wishes at once that name one number, one rings', async () => {
  const wishes = await Promise.all(Array.from({ length: 10 }, () => wish('+7 916 111-22-33')))
  await Promise.all(wishes.map((one) => callBack(deps, one)))
  expect(asked).toMatchObject([{ user: '101', to: '+79161112233' }])
})

test('calls that users place do not use up what strangers may ask for in an hour', async () => {
  await db.pool.query(
    `insert into calls (id, channel_id, direction, state, to_value, started_at) select gen_random_uuid(), $1, 'outbound', 'ended', '+7999000' || n, now() from generate_series(1000, 1050) n`,
    [channelId],
  )
  await callBack(deps, await wish('+7 916 444-55-66'))
  expect(asked.at(-1)).toMatchObject({ to: '+79164445566' })
})
