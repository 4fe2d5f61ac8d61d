import { afterAll, beforeAll, expect, test } from 'vitest'
import { addContact, admin } from '../../../tests/support/cards.ts'
import { type TestDatabase, testDatabase } from '../../../tests/support/database.ts'
import { editContact } from '../contacts/edit-contact.ts'
import { changeCompany, createCompany } from './change-company.ts'
import { corporateDomain } from './free-mail.ts'
import { listCompanies } from './list-companies.ts'
import { suggestCompany } from './suggest-company.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())

test.each([
  ['ivan@orbita.example', 'orbita.example'],
  ['IVAN@Почта.орбита.рф', 'xn--80a1acny.xn--80abvwko.xn--p1ai'],
  ['ivan@mail.ru', undefined],
  ['ivan@corp.mail.ru', undefined],
  ['ivan@gmail.com', undefined],
  ['no-reply@orbita.example', undefined],
  ['ivan@localhost', undefined],
])('the employer of %s is %s', (email, domain) => {
  expect(corporateDomain(email)).toBe(domain)
})

test('is found by the words of its name and by its domain, in order of names', async () => {
  const names = async (query?: string) => (await listCompanies(db, { query, limit: 10 })).items.map((company) => company.name)
  await createCompany(db, { name: 'Чёрное море', domain: '@sea.example' })
  await createCompany(db, { name: 'Арктика' })
  expect(await names()).toEqual(['Арктика', 'Чёрное море'])
  expect(await names('черное')).toEqual(['Чёрное море'])
  expect(await names('sea.')).toEqual(['Чёрное море'])
  expect(await names('%')).toEqual([])
  const page = await listCompanies(db, { limit: 1 })
  expect((await listCompanies(db, { limit: 1, cursor: page.nextCursor ?? '' })).items).toMatchObject([{ name: 'Чёрное море', domain: 'sea.example' }])
  await expect(createCompany(db, { name: 'X', domain: 'not a domain' })).rejects.toMatchObject({ code: 'invalid_request' })
})

test('is suggested by the corporate domain of an e-mail, and never set by machine', async () => {
  const company = await createCompany(db, { name: 'Orbita', domain: 'orbita.example' })
  const contactId = await addContact(db.pool, 'Ivan', [
    { kind: 'email', value: 'ivan@orbita.example' },
    { kind: 'email', value: 'ivan@mail.ru' },
    { kind: 'email', value: 'ivan@unknown.example' },
  ])
  expect(await suggestCompany(db, admin.actor, contactId)).toMatchObject([
    { domain: 'orbita.example', companies: [{ id: company.id }] },
    { domain: 'unknown.example', companies: [] },
  ])
  expect(await editContact(db, contactId, { companyId: company.id }, admin)).toMatchObject({ companyId: company.id })
  expect(await suggestCompany(db, admin.actor, contactId)).toEqual([])
  expect(await changeCompany(db, company.id, { name: 'Orbita Ltd', fields: { inn: '7700000000' } })).toMatchObject({
    people: 1,
    fields: { inn: '7700000000' },
    domain: 'orbita.example',
  })
})
