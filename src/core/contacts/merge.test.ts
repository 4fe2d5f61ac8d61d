import { afterAll, beforeAll, expect, test } from 'vitest'
import { addContact, addUser, admin, operator } from '../../../tests/support/cards.ts'
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts'
import { createContact } from './create-contact.ts'
import { acceptSuggestion, dismissSuggestion } from './decide-suggestion.ts'
import { editContact } from './edit-contact.ts'
import { listContacts } from './list-contacts.ts'
import { listSuggestions } from './list-suggestions.ts'
import { mergeContacts } from './merge-contacts.ts'
import { listMerges, previewMerge, previewUndo } from './preview-merge.ts'
import { readContact } from './read-contact.ts'
import { undoMerge } from './undo-merge.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())

const cardOf = async (id: string) => (await readContact(db, admin.actor, id)).cardId
const four = async () =>
  [await addContact(db.pool, 'A'), await addContact(db.pool, 'B'), await addContact(db.pool, 'C'), await addContact(db.pool, 'D')] as const

test('a merged card shows both, and stands alone again after the undo', async () => {
  const one = await addContact(db.pool, 'One', [{ kind: 'phone', value: '+79165550001' }])
  const two = await addContact(db.pool, 'Two', [{ kind: 'phone', value: '+79165550002' }])
  const preview = await previewMerge(db, { fromId: two, intoId: one }, admin.actor)
  expect(preview).toMatchObject({
    from: { contact: { id: two } },
    into: { contact: { id: one } },
    hidden: [{ field: 'name', from: 'Two', into: 'One' }],
  })
  const { mergeId } = await mergeContacts(db, { fromId: two, intoId: one }, admin)
  expect(await readContact(db, admin.actor, one)).toMatchObject({
    name: 'One',
    identities: [{ value: '+79165550001' }, { value: '+79165550002', contactId: two }],
  })
  expect(await readContact(db, admin.actor, two)).toMatchObject({ mergedIntoId: one, cardId: one, name: 'Two' })
  const listed = await listContacts(db, admin.actor, { query: '+79165550002', limit: 10 })
  expect(listed.items.map((card) => card.id)).toEqual([one])
  await undoMerge(db, mergeId, admin)
  expect(await readContact(db, admin.actor, one)).toMatchObject({ identities: [{ value: '+79165550001' }] })
  expect(await readContact(db, admin.actor, two)).toMatchObject({ mergedIntoId: null, cardId: two })
})

test('a chain can be undone in any order', async () => {
  const [a, b, c, d] = await four()
  const ab = await mergeContacts(db, { fromId: a, intoId: b }, admin)
  const bc = await mergeContacts(db, { fromId: b, intoId: c }, admin)
  const dc = await mergeContacts(db, { fromId: d, intoId: c }, admin)
  expect(await Promise.all([a, b, c, d].map(cardOf))).toEqual([c, c, c, c])
  await undoMerge(db, bc.mergeId, admin)
  expect(await Promise.all([a, b, c, d].map(cardOf))).toEqual([b, b, c, c])
  const again = await mergeContacts(db, { fromId: b, intoId: d }, admin)
  expect(await Promise.all([a, b, c, d].map(cardOf))).toEqual([c, c, c, c])
  await undoMerge(db, ab.mergeId, admin)
  expect(await Promise.all([a, b, c, d].map(cardOf))).toEqual([a, c, c, c])
  await undoMerge(db, dc.mergeId, admin)
  expect(await Promise.all([a, b, c, d].map(cardOf))).toEqual([a, d, c, d])
  await undoMerge(db, again.mergeId, admin)
  expect(await Promise.all([a, b, c, d].map(cardOf))).toEqual([a, b, c, d])
  await expect(undoMerge(db, ab.mergeId, admin)).rejects.toMatchObject({ code: 'not_merged' })
  expect(await listMerges(db, b, admin.actor)).toHaveLength(3)
})

test('never closes a ring, whoever asks at the same time', async () => {
  const [a, b, c] = await four()
  await expect(mergeContacts(db, { fromId: a, intoId: a }, admin)).rejects.toMatchObject({ code: 'invalid_request' })
  const attempts = [
    [a, b],
    [b, c],
    [c, a],
    [b, a],
  ].map(([fromId = '', intoId = '']) => mergeContacts(db, { fromId, intoId }, admin))
  const settled = await Promise.allSettled(attempts)
  expect(settled.filter((one) => one.status === 'fulfilled')).toHaveLength(2)
  for (const one of settled) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'already_merged' })
  const cards = await Promise.all([a, b, c].map(cardOf))
  expect(new Set(cards).size).toBe(1)
  const { rows } = await db.pool.query('select id from contacts where id = any($1) and merged_into_id is null', [[a, b, c]])
  expect(rows).toEqual([{ id: cards[0] }])
})

test('what people write on a merged card stays with the survivor, and the undo lists it', async () => {
  const [a, b] = await four()
  await editContact(db, b, { fields: { before: 'yes' } }, admin)
  const { mergeId } = await mergeContacts(db, { fromId: a, intoId: b }, admin)
  await editContact(db, a, { name: 'Written on the merged contact' }, admin)
  await editContact(db, b, { fields: { during: 'yes' } }, admin)
  const preview = await previewUndo(db, mergeId, admin.actor)
  const undone = await undoMerge(db, mergeId, admin)
  expect(undone.edits.map((edit) => edit.field)).toEqual(['name', 'fields.during'])
  expect(preview.edits).toEqual(undone.edits)
  expect(undone).toMatchObject({
    from: { id: a, name: 'A', fields: {} },
    into: { id: b, name: 'Written on the merged contact', fields: { before: 'yes', during: 'yes' } },
  })
})

test('a suggestion can be accepted, comes back with the undo, and is never asked again once dismissed', async () => {
  const known = await addContact(db.pool, 'Known', [{ kind: 'email', value: 'who@firm.example' }])
  const twin = await createContact(
    db,
    { name: 'Twin', stage: 'lead', identities: [{ kind: 'email', value: 'who@firm.example', role: 'personal' }] },
    admin,
  )
  const open = async () => (await listSuggestions(db, admin.actor, { contactId: known, limit: 10 })).items
  const [suggestion] = await open()
  const { mergeId } = await acceptSuggestion(db, suggestion?.id ?? '', known, admin)
  expect(await cardOf(twin.id)).toBe(known)
  expect(await open()).toEqual([])
  await undoMerge(db, mergeId, admin)
  expect(await open()).toHaveLength(1)
  await dismissSuggestion(db, suggestion?.id ?? '', admin)
  expect(await open()).toEqual([])
})

test('nobody merges a card that he may not see', async () => {
  const me = operator(await addUser(db.pool), { ownClientsOnly: true })
  const own = await createContact(db, { name: 'Own', stage: 'lead', identities: [] }, me)
  const foreign = await addContact(db.pool, 'Foreign')
  await expect(mergeContacts(db, { fromId: own.id, intoId: foreign }, me)).rejects.toMatchObject({ code: 'not_found' })
  await expect(mergeContacts(db, { fromId: foreign, intoId: own.id }, me)).rejects.toMatchObject({ code: 'not_found' })
})
