import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemActor } from '../../src/core/access/actor.ts'
import { readChannelFacts, readFaults } from '../../src/core/channels/channel-health-store.ts'
import { selectCards, selectMatchingCards } from '../../src/core/contacts/contact-list-store.ts'
import { readQuery } from '../../src/core/contacts/contact-query.ts'
import { selectWaiting } from '../../src/core/conversations/waiting-store.ts'
import { newId } from '../../src/core/database/id.ts'
import { inTransaction, type Pool, type Queryable, type Transaction } from '../../src/core/database/pool.ts'
import { gatherPerson } from '../../src/core/erasure/erasure-store.ts'
import { findSilences, readChannelRows, readQueues } from '../../src/core/health/health-store.ts'
import { claimAlone, claimFresh } from '../../src/core/intake/claim-store.ts'
import { hasUnapplied } from '../../src/core/intake/delivery-store.ts'
import { listDeliveries } from '../../src/core/intake/list-deliveries.ts'
import { selectLeads } from '../../src/core/leads/lead-store.ts'
import { currentCursor, isHeldBack, readLiveEvents } from '../../src/core/realtime/read-live-events.ts'
import { factNames } from '../../src/core/reports/facts.ts'
import { countFacts, measureFacts } from '../../src/core/reports/report-store.ts'
import { selectEntriesByText } from '../../src/core/search/search-store.ts'
import { selectCardTimeline, selectConversationTimeline } from '../../src/core/timeline/timeline-store.ts'
import { clientRowId, generateClients, phoneOfClient } from '../bench/client-rows.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'

const clients = 25_000
const channelId = newId()
const moment: [string, string] = [new Date().toISOString(), newId()]
const page = { after: moment, limit: 51 }
let database: TestDatabase
let db: Pool
let plans: string[] = []

beforeAll(async () => {
  database = await testDatabase()
  await database.pool.query(
    `insert into live_events (transaction_id, type, payload) select pg_current_xact_id()::text::bigint, 'entry.created', '{}' from generate_series(1, 25000)`,
  )
  await database.pool.query(
    `insert into deliveries (id, channel_id, dedupe_key, method, path, query, headers, size, sha256, received_at)
     select gen_random_uuid(), $1, 'waiting' || n, 'POST', '', '', '{}', 0, '\\x00', now() from generate_series(1, 500) n`,
    [channelId],
  )
  await generateClients(database.pool, channelId, 1, clients)
  db = explaining(database.pool)
})

afterAll(() => database.close())

/** Notes the plan of each query before it runs; what has none (making a table, counting its rows) runs as it is. */
function explaining<Db extends Pool | Transaction>(database: Db): Db {
  const pool: Queryable = database
  const query: Queryable['query'] = async (statement, values) => {
    const { text, values: own } = typeof statement === 'string' ? { text: statement, values } : statement
    if (!/^\s*(create|analyze)/.test(text)) {
      const explained = await pool.query<{ 'QUERY PLAN': string }>(`explain ${text}`, own ?? values)
      plans.push(explained.rows.map((row) => row['QUERY PLAN']).join('\n'))
    }
    return await pool.query(statement, values)
  }
  return new Proxy(database, { get: (target, name) => (name === 'query' ? query : Reflect.get(target, name)) })
}

const big = ['deliveries', 'contacts', 'identities', 'contact_identities', 'leads', 'conversations', 'entries', 'live_events']
const wholeTable = new RegExp(`Seq Scan on (${big.join('|')})\\b`)

const asTransaction = (pool: Pool): Transaction => Object.assign(Object.create(pool), { isTransaction: true as const })

const hour = { from: new Date(Date.now() - 3_600_000), until: new Date(), timeZone: 'Europe/Samara' }
const filter = { actor: systemActor, limit: 51 }
const phone = readQuery(phoneOfClient(777), 'RU')

test.each<[string, () => Promise<unknown>]>([
  ['claiming what is to be applied', () => claimFresh(asTransaction(db), 100)],
  ['claiming what failed before', () => claimAlone(asTransaction(db))],
  ['asking whether anything is to be applied', () => hasUnapplied(db)],
  ['the delivery log', () => listDeliveries({ pool: db }, { limit: 50 })],
  ['the delivery log of a channel', () => listDeliveries({ pool: db }, { limit: 50, channelId })],
  ['what is parked', () => listDeliveries({ pool: db }, { limit: 50, status: 'parked' })],
  ['the list of clients', () => selectCards(db, filter, undefined)],
  ['a later page of it', () => selectCards(db, filter, moment)],
  ['a look-up of a whole phone', () => selectMatchingCards(db, phone, filter, { after: undefined, by: 'whole' })],
  ['a look-up of a phone', () => selectMatchingCards(db, phone, filter, { after: undefined, by: 'anyhow' })],
  ['a look-up of a name', () => selectMatchingCards(db, readQuery('балкон 777', 'RU'), filter, { after: undefined, by: 'anyhow' })],
  ['the list of leads', () => selectLeads(db, systemActor, {}, page)],
  ['the leads of one status', () => selectLeads(db, systemActor, { status: 'new' }, page)],
  ['the leads of a card', () => selectLeads(db, systemActor, { contactId: clientRowId('contact', 777) }, page)],
  ['the clients who wait', () => selectWaiting(db, systemActor, { scope: 'all', after: undefined, limit: 51 })],
  ['the timeline of a card', () => selectCardTimeline(db, clientRowId('contact', 777), page)],
  ['a conversation', () => selectConversationTimeline(db, clientRowId('conversation', 777), page)],
  ['a page of live events', () => readLiveEvents(db, { limit: 50 })],
  ['the next page of live events', async () => readLiveEvents(db, { limit: 50, after: await currentCursor(db) })],
  ['looking for live events held back', () => isHeldBack(db)],
  ['what waits by channel', () => readChannelRows(db)],
  ['the queues', () => readQueues(db)],
  ['the sources that are silent', () => findSilences(db, new Date())],
  ['the health of one channel', () => readChannelFacts(db, channelId)],
  ['what is wrong with one channel', () => readFaults(db, channelId)],
  ['the numbers of a span', () => countFacts(db, systemActor, factNames, hour)],
  ['how fast a span was answered', () => measureFacts(db, systemActor, 'answered', hour)],
  ['who is erased', () => inTransaction(database.pool, (tx) => gatherPerson(explaining(tx), [clientRowId('contact', 777)]))],
  ['a rare word', () => selectEntriesByText(db, systemActor, 'слово777', { after: undefined, limit: 51 })],
  ['a frequent word', () => selectEntriesByText(db, systemActor, 'балконы', { after: undefined, limit: 51 })],
])('%s reads no whole table', async (_what, read) => {
  plans = []
  await read()
  expect(plans.length).toBeGreaterThan(0)
  for (const plan of plans) expect(plan).not.toMatch(wholeTable)
})

test('a query without an index would be seen', async () => {
  plans = []
  await db.query(`select id from entries where from_value = 'nobody'`)
  expect(plans[0]).toMatch(wholeTable)
})
