import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../src/core/database/id.ts'
import { type ApiHub, startApiHub } from '../support/api-hub.ts'

let hub: ApiHub
const [ours, theirs] = [newId(), newId()]
const channels = { ours: newId(), theirs: newId(), nobodys: newId() }
const brought: Record<keyof typeof channels, string> = { ours: newId(), theirs: newId(), nobodys: newId() }

beforeAll(async () => {
  hub = await startApiHub()
  const { pool } = hub.deps
  await pool.query(`insert into teams (id, name) values ($1, 'Ours'), ($2, 'Theirs')`, [ours, theirs])
  const teams = { ours, theirs, nobodys: null }
  for (const name of ['ours', 'theirs', 'nobodys'] as const) {
    await pool.query(
      `insert into channels (id, key, connector, media, name, settings, team_id, updated_at) values ($1, $2, 'test', '{chat}', $2, '{}', $3, now())`,
      [channels[name], name, teams[name]],
    )
    await pool.query(
      `insert into deliveries (id, channel_id, dedupe_key, method, path, query, headers, body, size, sha256, status, received_at)
       values ($1, $2, $3, 'POST', '', '', '{}', 'what a client wrote', 19, '', 'applied', now())`,
      [brought[name], channels[name], name],
    )
    await pool.query(
      `insert into refusals (id, channel_id, connector, key, reason, method, headers, body) values ($1, $2, 'test', $3, 'wrong', 'POST', '{}', '')`,
      [newId(), channels[name], name],
    )
    await pool.query(
      `insert into quarantine (id, channel_id, delivery_id, key, reason, event, occurred_at, received_at) values ($1, $2, $3, $4, 'spam', '{"type":"unsupported"}', now(), now())`,
      [brought[name], channels[name], brought[name], name],
    )
  }
})
afterAll(() => hub.close())

async function cookieOf(
  role: 'integrator' | 'operator',
  options: { team?: string; ownClientsOnly?: boolean },
): Promise<{ cookie: string; id: string }> {
  const user = await hub.makeUser(role, { ownClientsOnly: options.ownClientsOnly ?? false })
  if (options.team) await hub.deps.pool.query('insert into team_members (team_id, user_id) values ($1, $2)', [options.team, user.id])
  return { cookie: await hub.signIn(user.email, user.password), id: user.id }
}

async function namesIn(path: string, cookie: string): Promise<string[]> {
  const { status, body } = await hub.call('GET', path, { cookie })
  expect(status).toBe(200)
  const nameOf = new Map(Object.entries(channels).map(([name, id]) => [id, name]))
  return body.items.map((item: { channelId: string }) => nameOf.get(item.channelId)).sort()
}

test('an integrator of a team reads what came by the channels of his team and of none, and every reading is on record', async () => {
  const { cookie, id } = await cookieOf('integrator', { team: ours })
  expect(await namesIn('/deliveries', cookie)).toEqual(['nobodys', 'ours'])
  expect(await namesIn('/refusals', cookie)).toEqual(['nobodys', 'ours'])
  for (const path of ['', '/body', '/replay-preview']) {
    const { status } = await hub.call('GET', `/deliveries/${brought.theirs}${path}`, { cookie })
    expect(status, path).toBe(404)
  }
  expect((await hub.call('POST', `/deliveries/${brought.theirs}/replay`, { cookie })).status).toBe(404)
  expect(await hub.call('GET', `/deliveries/${brought.ours}/body`, { cookie })).toMatchObject({ status: 200, body: 'what a client wrote' })
  expect((await hub.call('GET', `/deliveries/${brought.nobodys}`, { cookie })).status).toBe(200)
  const { rows } = await hub.deps.pool.query(`select subject from audit where action = 'delivery.read' and actor_id = $1 order by at, id`, [id])
  expect(rows.map(({ subject }) => subject)).toEqual([brought.ours, brought.nobodys])
})

test('an integrator without a team looks after all of them, and so does a key', async () => {
  const all = ['nobodys', 'ours', 'theirs']
  expect(await namesIn('/deliveries', (await cookieOf('integrator', {})).cookie)).toEqual(all)
  const { body } = await hub.call('GET', '/deliveries', { key: (await hub.makeKey('integrator')).key })
  expect(body.items).toHaveLength(3)
})

test('an operator with own clients only sees the quarantine of his teams, and without a team none', async () => {
  const member = await cookieOf('operator', { team: ours, ownClientsOnly: true })
  expect(await namesIn('/quarantine', member.cookie)).toEqual(['ours'])
  expect((await hub.call('POST', `/quarantine/${brought.theirs}/release`, { cookie: member.cookie })).status).toBe(404)
  expect(await namesIn('/quarantine', (await cookieOf('operator', { ownClientsOnly: true })).cookie)).toEqual([])
  expect(await namesIn('/quarantine', (await cookieOf('operator', {})).cookie)).toEqual(['nobodys', 'ours', 'theirs'])
})
