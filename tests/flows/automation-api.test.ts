import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../src/core/database/id.ts'
import { type ApiHub, startApiHub } from '../support/api-hub.ts'

let hub: ApiHub
let manager: string
let operator: string
beforeAll(async () => {
  hub = await startApiHub()
  manager = (await hub.makeKey('manager')).key
  const user = await hub.makeUser('operator')
  operator = await hub.signIn(user.email, user.password)
  const teamId = newId()
  await hub.deps.pool.query(`insert into teams (id, name) values ($1, 'Отдел сервиса')`, [teamId])
  await hub.deps.pool.query(`insert into team_members (team_id, user_id) values ($1, $2)`, [teamId, user.id])
})
afterAll(() => hub.close())

const call = (method: string, path: string, body?: unknown) => hub.call(method, path, { key: manager, ...(body !== undefined && { body }) })
const asOperator = (method: string, path: string, body?: unknown) =>
  hub.call(method, path, { cookie: operator, headers: { origin: hub.url }, ...(body !== undefined && { body }) })

async function makeContact(): Promise<string> {
  const identities = [{ kind: 'email', value: `${newId()}@example.com` }]
  const made = await call('POST', '/contacts', { name: 'Анна Петрова', identities })
  expect(made.status).toBe(201)
  return made.body.id
}

async function upload(): Promise<string> {
  const answer = await fetch(`${hub.url}/api/v1/attachments?name=price.pdf`, {
    method: 'POST',
    headers: { authorization: `Bearer ${manager}`, 'content-type': 'application/pdf' },
    body: Buffer.from('price'),
  })
  const body = (await answer.json()) as { id: string }
  return body.id
}

describe('templates', () => {
  test('refuse variables that mean nothing', async () => {
    const made = await call('POST', '/templates', { name: 'x', text: '{{contact.nmae}}' })
    expect([made.status, made.body.unknownVariables]).toEqual([400, ['contact.nmae']])
  })

  test('are filled for one client, with copies of their files that a message can take', async () => {
    const fileId = await upload()
    const made = await call('POST', '/templates', { name: 'Цены', text: 'Здравствуйте, {{contact.firstName}}! {{user.name|Мы}}', fileIds: [fileId] })
    const contactId = await makeContact()
    const filled = await asOperator('POST', `/templates/${made.body.id}/fill`, { contactId })
    expect(filled.body).toMatchObject({ text: 'Здравствуйте, Анна! operator', attachments: [{ name: 'price.pdf', size: 5 }] })
    expect(filled.body.attachments[0].id).not.toBe(fileId)
    const taken = await call('POST', '/templates', { name: 'Чужой файл', text: 'x', fileIds: [filled.body.attachments[0].id] })
    expect(taken.body.code).toBe('invalid_request')
  })

  test('of other teams are not offered', async () => {
    const { rows } = await hub.deps.pool.query<{ id: string }>(`select id from teams`)
    const other = newId()
    await hub.deps.pool.query(`insert into teams (id, name) values ($1, 'Другой отдел')`, [other])
    for (const [name, teamId] of [
      ['всем', null],
      ['наш', rows[0]?.id],
      ['их', other],
    ])
      await call('POST', '/templates', { name, text: 'x', teamId })
    const names = (await asOperator('GET', '/templates?mine=true')).body.items.map((item: { name: string }) => item.name)
    expect(names).toEqual(expect.arrayContaining(['всем', 'наш']))
    expect(names).not.toContain('их')
  })

  test('that a rule sends are not deleted', async () => {
    const template = await call('POST', '/templates', { name: 'Вечер', text: 'Вернёмся {{hours.opens}}' })
    const fields = { name: 'Вечер', trigger: 'closed', channelId: null, source: '', sendBy: [], periodHours: 12, needsConsent: false }
    const rule = await call('POST', '/rules', { ...fields, templateId: template.body.id })
    expect(rule.status).toBe(201)
    expect((await call('DELETE', `/templates/${template.body.id}`)).body.code).toBe('conflict')
    await call('DELETE', `/rules/${rule.body.id}`)
    expect((await call('DELETE', `/templates/${template.body.id}`)).status).toBe(200)
    const bad = await call('POST', '/rules', { ...fields, trigger: 'form', templateId: template.body.id })
    expect([bad.status, bad.body.code]).toEqual([400, 'invalid_request'])
  })
})

test('what a client told a person is noted, audited and taken back', async () => {
  const id = await makeContact()
  expect((await call('GET', `/contacts/${id}/consents`)).body).toEqual({ isOptedOut: false, optOuts: [], consents: [] })
  const out = await asOperator('POST', `/contacts/${id}/opt-out`, { isOut: true })
  expect(out.body).toMatchObject({ isOptedOut: true, optOuts: [{ kind: 'email', word: null }] })
  const { rows } = await hub.deps.pool.query(`select action from audit where subject = $1`, [id])
  expect(rows).toEqual([{ action: 'contact.opted_out' }])
  expect((await asOperator('POST', `/contacts/${id}/opt-out`, { isOut: false })).body.isOptedOut).toBe(false)
})
