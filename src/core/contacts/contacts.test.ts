import { afterAll, beforeAll, expect, test } from 'vitest'
import { addChannel, addContact, addConversation, addEntry, addUser, admin, operator } from '../../../tests/support/cards.ts'
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts'
import { addIdentity, changeIdentity, removeIdentity } from './change-identities.ts'
import { createContact } from './create-contact.ts'
import { editContact } from './edit-contact.ts'
import { findExisting } from './find-existing.ts'
import { listContacts } from './list-contacts.ts'
import { listEdits } from './list-edits.ts'
import { listSuggestions } from './list-suggestions.ts'
import { readContact } from './read-contact.ts'
import { restoreEdit } from './restore-edit.ts'
import { listShares, revokeShare, shareContact } from './share-contact.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())

const found = async (query: string, caller = admin) => (await listContacts(db, caller.actor, { query, limit: 20 })).items.map((card) => card.name)

test('finds a card by name, any notation of its phone, e-mail and messenger name', async () => {
  const id = await addContact(db.pool, 'Пётр Семёнович Ветров', [
    { kind: 'phone', value: '+79161110001' },
    { kind: 'email', value: 'vetrov@orbita.example' },
    { kind: 'messenger', value: '555000111' },
  ])
  await addContact(db.pool, 'Somebody Else', [{ kind: 'phone', value: '+79031234567' }])
  await addEntry(db.pool, { contactId: id, extra: { username: 'PeterTheWind' } })
  const queries = [
    'ветров',
    'петр сем',
    'Семенович Пётр',
    '8 (916) 111-00-01',
    '+7 916 111 00 01',
    '89161110001',
    '1110001',
    '916 111',
    'VETROV@orbita.example',
    'vetrov@',
    '555000111',
    '@peterthe',
    'ветроф',
  ]
  for (const query of queries) expect([query, await found(query)]).toEqual([query, ['Пётр Семёнович Ветров']])
  expect(await found('nobody at all')).toEqual([])
  expect(await found('100%')).toEqual([])
})

test('lists cards by their latest touch, page by page, each once', async () => {
  const fresh = await testDatabase()
  const ids: string[] = []
  for (let number = 0; number < 7; number++) ids.unshift(await addContact(fresh.pool, `Client ${number}`))
  for (const [age, id] of ids.entries())
    await fresh.pool.query(`update contacts set last_touch_at = $2 where id = $1`, [id, new Date(Date.UTC(2026, 0, 1, 12 - Math.floor(age / 2)))])
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await listContacts(fresh, admin.actor, { limit: 3, cursor })
    seen.push(...page.items.map((card) => card.id))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  expect(seen).toEqual(ids)
  await expect(listContacts(fresh, admin.actor, { limit: 3, cursor: 'nonsense' })).rejects.toMatchObject({ code: 'invalid_cursor' })
  await fresh.close()
})

test('keeps every former value of a card, and sets one back', async () => {
  const caller = operator(await addUser(db.pool))
  const made = await createContact(
    db,
    { name: 'Anna', stage: 'lead', identities: [{ kind: 'phone', value: '8 916 222-00-01', role: 'personal' }] },
    caller,
  )
  expect(made.identities).toMatchObject([{ kind: 'phone', value: '+79162220001', raw: '8 916 222-00-01', evidence: 'manual', owning: true }])
  await editContact(db, made.id, { name: 'Anna Petrova', stage: 'client', fields: { city: 'Omsk', size: 'M' } }, caller)
  await editContact(db, made.id, { name: 'Anna Petrova', fields: { city: 'Tomsk', size: null } }, caller)
  const { items } = await listEdits(db, caller.actor, made.id, { limit: 20 })
  expect(items.map(({ field, before, after }) => [field, before, after])).toEqual(
    expect.arrayContaining([
      ['name', 'Anna', 'Anna Petrova'],
      ['stage', 'lead', 'client'],
      ['fields.city', null, 'Omsk'],
      ['fields.city', 'Omsk', 'Tomsk'],
      ['fields.size', 'M', null],
    ]),
  )
  expect(items).toHaveLength(6)
  const renamed = items.find((edit) => edit.field === 'name')
  const moved = items.find((edit) => edit.after === 'Tomsk')
  await restoreEdit(db, renamed?.id ?? '', caller)
  const restored = await restoreEdit(db, moved?.id ?? '', caller)
  expect(restored).toMatchObject({ name: 'Anna', stage: 'client', fields: { city: 'Omsk' } })
})

test('refuses an owner or company that does not exist, and an address that can be nobody’s', async () => {
  const nowhere = '01900000-0000-7000-8000-000000000000'
  await expect(createContact(db, { name: 'X', stage: 'lead', ownerId: nowhere, identities: [] }, admin)).rejects.toMatchObject({
    code: 'invalid_request',
  })
  await expect(createContact(db, { name: 'X', stage: 'lead', companyId: nowhere, identities: [] }, admin)).rejects.toMatchObject({
    code: 'invalid_request',
  })
  const noReply = { kind: 'email', value: 'no-reply@shop.example', role: 'personal' as const }
  await expect(createContact(db, { name: 'X', stage: 'lead', identities: [noReply] }, admin)).rejects.toMatchObject({
    members: { reason: 'no_reply' },
  })
  await expect(readContact(db, admin.actor, nowhere)).rejects.toMatchObject({ code: 'not_found' })
})

test('says at once who has an address already, and suggests instead of stealing it', async () => {
  const owner = await addContact(db.pool, 'Boris', [{ kind: 'email', value: 'boris@firm.example' }])
  const existing = await findExisting(db, admin.actor, { kind: 'email', value: 'Boris@FIRM.example' })
  expect(existing).toMatchObject({ identity: { value: 'boris@firm.example' }, contacts: [{ id: owner }], hidden: 0 })
  expect(
    await findExisting(db, operator(await addUser(db.pool), { ownClientsOnly: true }).actor, { kind: 'email', value: 'boris@firm.example' }),
  ).toMatchObject({
    contacts: [],
    hidden: 1,
  })
  const made = await createContact(
    db,
    { name: 'B.', stage: 'lead', identities: [{ kind: 'email', value: 'boris@firm.example', role: 'personal' }] },
    admin,
  )
  expect(made.identities).toMatchObject([{ value: 'boris@firm.example', owning: false }])
  const { items } = await listSuggestions(db, admin.actor, { contactId: owner, limit: 10 })
  expect(items).toMatchObject([{ status: 'open', reasons: [{ identity: { value: 'boris@firm.example' }, evidence: 'manual' }] }])
})

test('an address can be confirmed, called a household’s, and taken off', async () => {
  const id = await addContact(db.pool, 'Vera')
  const added = await addIdentity(db, id, { kind: 'phone', value: '+79163330001', role: 'personal' }, admin)
  const identityId = added.identities[0]?.id ?? ''
  expect((await changeIdentity(db, id, identityId, { role: 'household', isConfirmed: false }, admin)).identities).toMatchObject([
    { role: 'household', evidence: 'claimed' },
  ])
  expect((await changeIdentity(db, id, identityId, { isConfirmed: true }, admin)).identities).toMatchObject([{ evidence: 'manual' }])
  expect((await removeIdentity(db, id, identityId, admin)).identities).toEqual([])
  await expect(removeIdentity(db, id, identityId, admin)).rejects.toMatchObject({ code: 'not_found' })
  const audit = await db.pool.query(`select 1 from audit where action = 'identity.removed' and subject = $1`, [id])
  expect(audit.rowCount).toBe(1)
})

test('"own clients only" sees its own cards, shared ones and assigned ones, and nothing else', async () => {
  const [mine, colleague] = [await addUser(db.pool), await addUser(db.pool)]
  const me = operator(mine, { ownClientsOnly: true })
  const names = async () => (await listContacts(db, me.actor, { limit: 50 })).items.map((card) => card.name).sort()
  const own = await createContact(db, { name: 'Own', stage: 'lead', identities: [] }, me)
  expect(own.ownerId).toBe(mine)
  const shared = await createContact(db, { name: 'Shared', stage: 'lead', ownerId: colleague, identities: [] }, admin)
  const assigned = await createContact(db, { name: 'Assigned', stage: 'lead', ownerId: colleague, identities: [] }, admin)
  const foreign = await createContact(db, { name: 'Foreign', stage: 'lead', ownerId: colleague, identities: [] }, admin)
  expect(await names()).toEqual(['Own'])
  await shareContact(db, shared.id, mine, admin)
  const conversation = await addConversation(db.pool, { contactId: assigned.id, channelId: await addChannel(db.pool) })
  await db.pool.query('update conversations set assignee_id = $2 where id = $1', [conversation, mine])
  expect(await names()).toEqual(['Assigned', 'Own', 'Shared'])
  await expect(readContact(db, me.actor, foreign.id)).rejects.toMatchObject({ code: 'not_found' })
  await expect(editContact(db, foreign.id, { name: 'Mine' }, me)).rejects.toMatchObject({ code: 'not_found' })
  expect(await found('Foreign', me)).toEqual([])
  expect(await listShares(db, shared.id, admin)).toMatchObject([{ userId: mine }])
  await revokeShare(db, shared.id, mine, admin)
  expect(await names()).toEqual(['Assigned', 'Own'])
})
