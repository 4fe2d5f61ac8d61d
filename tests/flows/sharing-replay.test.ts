import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { replayDelivery } from '../../src/core/intake/replay-delivery.ts'
import { seeUsers } from '../../src/core/routing/follow-presence.ts'
import { saveRule } from '../../src/core/routing/save-rule.ts'
import { shareWaiting } from '../../src/core/routing/share-waiting.ts'
import { addUser, admin } from '../support/cards.ts'
import { type IntakeHub, intakeHub } from '../support/intake-hub.ts'

let hub: IntakeHub
beforeAll(async () => {
  hub = await intakeHub()
})
afterAll(() => hub.close())

const message = (key: string) => ({
  type: 'message',
  key,
  externalId: key,
  direction: 'inbound',
  from: { identities: [{ kind: 'telegram', value: '1', evidence: 'attested' }], name: 'Client' },
  conversation: { by: 'contact' },
  text: key,
  attachments: [],
  occurredAt: new Date().toISOString(),
})

async function conversation() {
  const { rows } = await hub.pool.query<{ assignee: string | null; toRoute: boolean }>(
    `select assignee_id as assignee, route_at is not null as "toRoute" from conversations`,
  )
  return rows[0]
}

it('what comes live is shared out; a replay, also of what it adds, gives nobody anything', async () => {
  await saveRule(hub, { scope: 'firm', subjectId: null, rule: { sharing: 'least_loaded' } }, admin)
  const [anna, boris] = [await addUser(hub.pool, 'Anna'), await addUser(hub.pool, 'Boris')]
  await seeUsers(hub, [anna])
  await hub.deliver([message('one')])
  await vi.waitFor(async () => expect(await conversation()).toEqual({ assignee: null, toRoute: true }), { timeout: 60_000 })
  await shareWaiting(hub)
  expect(await conversation()).toEqual({ assignee: anna, toRoute: false })
  await hub.pool.query('update conversations set assignee_id = $1', [boris])
  const { rows } = await hub.pool.query<{ id: string }>('select id from deliveries')
  const replay = () => replayDelivery(hub, rows[0]?.id ?? '')
  expect(await replay()).toMatchObject({ unchanged: 1, added: 0 })
  await shareWaiting(hub)
  expect(await conversation()).toEqual({ assignee: boris, toRoute: false })
  await hub.pool.query('delete from delivery_events')
  await hub.pool.query('delete from external_ids')
  await hub.pool.query('delete from entries')
  await hub.pool.query('update conversations set assignee_id = null')
  expect(await replay()).toMatchObject({ added: 1 })
  expect(await conversation()).toEqual({ assignee: null, toRoute: false })
})

it('something new of the client ends his rest at once', async () => {
  await hub.pool.query(`update conversations set snoozed_until = now() + interval '1 day'`)
  await hub.deliver([message('two')])
  await vi.waitFor(
    async () => {
      const { rows } = await hub.pool.query('select snoozed_until from conversations')
      expect(rows).toEqual([{ snoozed_until: null }])
    },
    { timeout: 60_000 },
  )
})
