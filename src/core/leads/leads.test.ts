import { afterAll, beforeAll, expect, test } from 'vitest'
import { addContact, addUser, admin, operator } from '../../../tests/support/cards.ts'
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts'
import { mergeContacts } from '../contacts/merge-contacts.ts'
import { readContact } from '../contacts/read-contact.ts'
import { changeLead, openLead } from './change-lead.ts'
import { countLeads } from './lead-store.ts'
import { listLeads, readLead } from './list-leads.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())

test('goes from new to won, and makes its contact a client', async () => {
  const me = operator(await addUser(db.pool))
  const contactId = await addContact(db.pool, 'Buyer')
  const lead = await openLead(db, { contactId, topic: 'Boiler', ownerId: null }, admin)
  expect(lead).toMatchObject({ status: 'new', topic: 'Boiler', ownerId: null })
  expect(await changeLead(db, lead.id, { status: 'working' }, me)).toMatchObject({ status: 'working', ownerId: me.actor.id })
  expect(await changeLead(db, lead.id, { status: 'won' }, me)).toMatchObject({ status: 'won' })
  expect(await readContact(db, admin.actor, contactId)).toMatchObject({ stage: 'client' })
  const { rows } = await db.pool.query('select type from live_events where subject_id = any($1) order by id', [[lead.id, contactId]])
  expect(rows.map((row) => row.type)).toEqual(['lead.created', 'lead.changed', 'contact.changed', 'lead.changed'])
})

test('of a client without a name says how he is reached, on whichever contact of his card', async () => {
  const [one, two] = [await addContact(db.pool, ''), await addContact(db.pool, '', [{ kind: 'phone', value: '+79271112233' }])]
  const lead = await openLead(db, { contactId: one, topic: '' }, admin)
  expect(lead.contactIdentity).toBeNull()
  await mergeContacts(db, { fromId: two, intoId: one }, admin)
  expect(await readLead(db, admin.actor, lead.id)).toMatchObject({ contactName: '', contactIdentity: { kind: 'phone', value: '+79271112233' } })
  const named = await addContact(db.pool, 'Named', [{ kind: 'phone', value: '+79271112244' }])
  expect(await openLead(db, { contactId: named, topic: '' }, admin)).toMatchObject({ contactName: 'Named', contactIdentity: null })
})

test('is not lost without a reason, and forgets the reason when it is taken up again', async () => {
  const lead = await openLead(db, { contactId: await addContact(db.pool, 'Doubter'), topic: '' }, admin)
  await expect(changeLead(db, lead.id, { status: 'lost' }, admin)).rejects.toMatchObject({ code: 'invalid_request' })
  expect(await changeLead(db, lead.id, { status: 'lost', lostReason: 'Price' }, admin)).toMatchObject({ lostReason: 'Price' })
  expect(await changeLead(db, lead.id, { status: 'working' }, admin)).toMatchObject({ lostReason: null })
})

test('lists by contact over its whole card, by status, and only what one may see', async () => {
  const fresh = await testDatabase()
  const [one, two] = [await addContact(fresh.pool, 'One'), await addContact(fresh.pool, 'Two')]
  const leads = [await openLead(fresh, { contactId: one, topic: 'a' }, admin), await openLead(fresh, { contactId: two, topic: 'b' }, admin)]
  await mergeContacts(fresh, { fromId: two, intoId: one }, admin)
  await changeLead(fresh, leads[1]?.id ?? '', { status: 'junk' }, admin)
  const topics = async (filter: object, caller = admin) =>
    (await listLeads(fresh, caller.actor, { limit: 10, ...filter })).items.map((lead) => lead.topic).sort()
  expect(await topics({ contactId: one })).toEqual(['a', 'b'])
  expect(await topics({ contactId: two })).toEqual(['a', 'b'])
  expect(await topics({ status: 'junk' })).toEqual(['b'])
  expect(await countLeads(fresh.pool, admin.actor)).toEqual({ new: 1, junk: 1 })
  const page = await listLeads(fresh, admin.actor, { limit: 1 })
  expect((await listLeads(fresh, admin.actor, { limit: 1, cursor: page.nextCursor ?? '' })).items).toHaveLength(1)
  const me = operator(await addUser(fresh.pool), { ownClientsOnly: true })
  expect(await topics({}, me)).toEqual([])
  await expect(readLead(fresh, me.actor, leads[0]?.id ?? '')).rejects.toMatchObject({ code: 'not_found' })
  await expect(changeLead(fresh, leads[0]?.id ?? '', { status: 'won' }, me)).rejects.toMatchObject({ code: 'not_found' })
  await fresh.close()
})
