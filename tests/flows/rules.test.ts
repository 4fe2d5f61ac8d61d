import { fork } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { systemActor } from '../../src/core/access/actor.ts'
import { newId } from '../../src/core/database/id.ts'
import { replayDelivery } from '../../src/core/intake/replay-delivery.ts'
import type { ComposeDeps } from '../../src/core/messages/compose-message.ts'
import { pauseRule, saveRuleOf } from '../../src/core/rules/change-rule.ts'
import { dryRunRule } from '../../src/core/rules/dry-run-rule.ts'
import { fireNextRule } from '../../src/core/rules/fire-rule.ts'
import type { RuleFields } from '../../src/core/rules/rule.ts'
import { changeTemplate } from '../../src/core/templates/change-template.ts'
import { fc } from '../support/dice.ts'
import { type IntakeHub, intakeHub } from '../support/intake-hub.ts'
import { silentLogger } from '../support/test-connector.ts'

const by = { actor: systemActor }
let hub: IntakeHub
let deps: ComposeDeps
let templateId: string
beforeAll(async () => {
  hub = await intakeHub()
  const jobs = { define: () => {}, add: async () => {}, every: async () => {}, close: async () => {} }
  deps = { pool: hub.pool, directory: hub.channels, vault: hub.vault, jobs, logger: silentLogger, publicUrl: 'https://hub.example' }
  const text = 'Здравствуйте, {{contact.firstName}}! Мы на связи: {{hours.opens|скоро}}.'
  templateId = (await changeTemplate(hub, undefined, { name: 'Ответ', text }, by)).id
})
afterAll(() => hub.close())

/** Each test is its own rule's: those of others rest. */
beforeEach(async () => {
  await hub.worker.drain()
  await fireAll()
  await hub.pool.query('update rules set paused_at = now()')
  await hub.pool.query('delete from routing_rules')
})

let counter = 0
function message(from: string, text: string, more: object = {}) {
  counter++
  return {
    type: 'message',
    key: `m${counter}`,
    direction: 'inbound',
    externalId: `ext${counter}`,
    from: { name: 'Анна Петрова', identities: [{ kind: 'test', value: from, evidence: 'attested' }] },
    conversation: { by: 'contact' },
    text,
    ...more,
  }
}

function form(from: string, more: object = {}) {
  counter++
  return {
    type: 'form',
    key: `f${counter}`,
    from: { name: 'Борис Иванов', identities: [{ kind: 'test', value: from, evidence: 'claimed' }] },
    topic: 'Балкон',
    text: 'Сколько стоит?',
    fields: [],
    consent: { text: 'Согласен на обработку', version: '2', address: '203.0.113.9' },
    source: { page: 'https://loft.example/balkon', utm: { utm_source: 'yandex' } },
    ...more,
  }
}

async function makeRule(changes: Partial<RuleFields> = {}): Promise<string> {
  const rule: RuleFields = {
    name: 'Презентация',
    trigger: 'form',
    channelId: null,
    source: '',
    templateId,
    sendBy: [hub.channelId],
    periodHours: 24,
    needsConsent: true,
    ...changes,
  }
  return (await saveRuleOf(deps, undefined, rule, by)).id
}

async function closeOffice(): Promise<void> {
  const never = { timeZone: 'Europe/Moscow', week: [[], [], [], [], [], [], []], holidays: [] }
  const inTwoDays = new Date(Date.now() + 2 * 86_400_000)
  const iso = (inTwoDays.getUTCDay() + 6) % 7
  const week = never.week.map((spans, day) => (day === iso ? [['09:00', '18:00']] : spans))
  await hub.pool.query(`insert into routing_rules (scope, subject_id, rule) values ('firm', $1, $2)`, [
    '00000000-0000-0000-0000-000000000000',
    JSON.stringify({ hours: { ...never, week } }),
  ])
}

async function fireAll(): Promise<void> {
  while (await fireNextRule(deps));
}

async function deliverAll(...events: object[]): Promise<void> {
  for (const event of events) {
    await hub.deliver([event])
    await hub.worker.drain()
  }
  await fireAll()
}

async function firings(ruleId: string): Promise<string[]> {
  const { rows } = await hub.pool.query<{ reason: string }>('select reason from rule_firings where rule_id = $1 order by id', [ruleId])
  return rows.map((row) => row.reason)
}

async function sentTo(value: string): Promise<{ text: string; automatic: string; status: string }[]> {
  const { rows } = await hub.pool.query(
    `select e.text, e.automatic, e.status from entries e join outbox o on o.entry_id = e.id where e.direction = 'outbound' and e.to_value = $1 order by e.id`,
    [value],
  )
  return rows
}

describe('a form', () => {
  test('is answered once per person and period, marked as written by no person, by its own name', async () => {
    const rule = await makeRule()
    await deliverAll(form('boris'), form('boris'))
    expect(await firings(rule)).toEqual(['sent', 'already_sent'])
    expect(await sentTo('boris')).toEqual([{ text: 'Здравствуйте, Борис! Мы на связи: скоро.', automatic: 'robot', status: 'queued' }])
  })

  test('that its connector fails on is refused, and holds up none behind it', async () => {
    const rule = await makeRule()
    const connector = hub.channels.byId(hub.channelId)?.connector
    if (!connector) throw new Error('no connector')
    const render = vi.spyOn(connector, 'render').mockImplementation((message) => {
      if (message.to.value === 'poison') throw new TypeError('x is not a function')
      return { parts: [{ data: { to: message.to.value }, attachmentIds: [] }] }
    })
    await deliverAll(form('poison'), form('behind'))
    render.mockRestore()
    expect(await firings(rule)).toEqual(['refused', 'sent'])
    expect([await sentTo('poison'), await sentTo('behind')]).toMatchObject([[], [{ status: 'queued' }]])
  })

  test('does not tell who merely claims an address the name that stands on its card', async () => {
    await deliverAll(message('known', 'Здравствуйте'))
    await makeRule()
    await deliverAll(form('known', { from: { identities: [{ kind: 'test', value: 'known', evidence: 'claimed' }] } }))
    expect(await sentTo('known')).toMatchObject([{ text: 'Здравствуйте! Мы на связи: скоро.' }])
  })

  test('of another source, without consent, too old or without a way is not answered, and the rule says why', async () => {
    const rule = await makeRule({ source: 'utm-nobody-has' })
    const strict = await makeRule({ source: 'YANDEX' })
    await deliverAll(
      form('no-consent', { consent: undefined }),
      form('old', { occurredAt: new Date(Date.now() - 25 * 3_600_000).toISOString() }),
      form('nowhere', { from: { name: 'Без адреса', identities: [{ kind: 'email', value: 'a@example.com', evidence: 'claimed' }] } }),
    )
    expect(await firings(rule)).toEqual(['other_source', 'other_source', 'other_source'])
    expect((await firings(strict)).sort()).toEqual(['no_consent', 'no_way', 'too_old'])
  })

  test('leaves the client waiting: what no person wrote is no answer', async () => {
    await makeRule({ needsConsent: false })
    await closeOffice()
    await makeRule({ trigger: 'closed', needsConsent: false })
    await deliverAll(message('waits', 'Есть кто?'))
    expect(await sentTo('waits')).toHaveLength(1)
    const { rows } = await hub.pool.query(
      `select v.waiting_since is not null as waits from conversations v join entries e on e.conversation_id = v.id where e.to_value = 'waits'`,
    )
    expect(rows).toEqual([{ waits: true }])
  })
})

describe('a message outside business hours', () => {
  test('hears when we are back; within them, or when none are set, it does not', async () => {
    const rule = await makeRule({ trigger: 'closed', needsConsent: false })
    await deliverAll(message('carl', 'Добрый вечер'))
    expect(await firings(rule)).toEqual(['hours_not_set'])
    await closeOffice()
    await deliverAll(message('carl', 'Вы ещё тут?'), message('carl', 'Ау'))
    expect((await firings(rule)).slice(1)).toEqual(['sent', 'already_sent'])
    expect((await sentTo('carl'))[0]?.text).toMatch(/на связи: .+ 09:00/)
  })

  test('from machines, from before and from ourselves is never answered', async () => {
    await closeOffice()
    const rule = await makeRule({ trigger: 'closed', needsConsent: false })
    await deliverAll(
      message('dora', 'Добрый вечер', { backfill: true }),
      message('dora', 'Я в отпуске', { automatic: 'auto-reply' }),
      message('dora', 'Не доставлено', { automatic: 'bounce' }),
      message('dora', 'Мы сами', { direction: 'outbound', others: [{ identities: [{ kind: 'test', value: 'dora', evidence: 'attested' }] }] }),
    )
    expect(await firings(rule)).toEqual([])
    expect(await sentTo('dora')).toEqual([])
  })

  test('that answers ours like a machine is answered no more: the loop ends', async () => {
    await closeOffice()
    const rules = await Promise.all(Array.from({ length: 4 }, () => makeRule({ trigger: 'closed', needsConsent: false })))
    await deliverAll(message('robot', 'авто'), message('robot', 'авто'), message('robot', 'авто'))
    expect(await sentTo('robot')).toHaveLength(2)
    expect((await Promise.all(rules.map(firings))).flat()).toContain('too_many_to_address')
  })
})

describe('who said stop', () => {
  test('by one medium hears nothing by any, until he says start', async () => {
    const rule = await makeRule({ periodHours: 0 })
    const both = [
      { kind: 'test', value: 'eva', evidence: 'attested' },
      { kind: 'phone', value: '+79160000001', evidence: 'attested' },
    ]
    await deliverAll(message('eva', 'Здравствуйте', { from: { name: 'Ева', identities: both } }))
    await deliverAll(message('eva', ' Стоп! '), form('+79160000001', { from: { name: 'Ева', identities: [both[1]] } }))
    expect(await firings(rule)).toEqual(['opted_out'])
    await deliverAll(message('eva', 'старт'), form('eva'))
    expect(await firings(rule)).toEqual(['opted_out', 'sent'])
  })

  test('stays so in whatever order the words arrive, and a claimed start does not undo a stop', async () => {
    const at = (minute: number) => ({ occurredAt: new Date(Date.now() - (60 - minute) * 60_000).toISOString() })
    await deliverAll(message('fedor', 'STOP', at(20)), message('fedor', 'START', at(10)))
    const claimed = { from: { identities: [{ kind: 'test', value: 'fedor', evidence: 'claimed' }] } }
    await deliverAll(message('fedor', 'START', { ...claimed, ...at(30) }))
    const rule = await makeRule()
    await deliverAll(form('fedor'))
    expect(await firings(rule)).toEqual(['opted_out'])
  })
})

test('a replay answers nobody', async () => {
  const rule = await makeRule()
  await deliverAll(form('gleb'))
  await hub.pool.query('delete from delivery_events where entry_id in (select entry_id from rule_firings where rule_id = $1)', [rule])
  const { rows } = await hub.pool.query<{ id: string }>(
    'select delivery_id as id from entries e join rule_firings f on f.entry_id = e.id where f.rule_id = $1',
    [rule],
  )
  await hub.pool.query('update entries set event_key = null where delivery_id = $1', [rows[0]?.id])
  const replayed = await replayDelivery({ ...hub, channels: hub.channels }, rows[0]?.id ?? '')
  await fireAll()
  expect(replayed.added).toBe(1)
  expect(await firings(rule)).toEqual(['sent'])
  expect(await sentTo('gleb')).toHaveLength(1)
})

test('a paused rule answers nothing, nor later what came meanwhile', async () => {
  const rule = await makeRule()
  await pauseRule(hub, rule, true, by)
  await deliverAll(form('hanna'))
  await pauseRule(hub, rule, false, by)
  await deliverAll(form('ivan'))
  expect(await firings(rule)).toEqual(['sent'])
  expect([await sentTo('hanna'), await sentTo('ivan')].map((sent) => sent.length)).toEqual([0, 1])
})

test('a dry run says what last week would have been, and sends nothing', async () => {
  const sender = newId()
  await deliverAll(form(sender), form(sender), form(`${sender}-2`, { consent: undefined }))
  const before = await hub.pool.query('select count(*)::int as n from outbox')
  const rule = {
    name: '',
    trigger: 'form',
    channelId: null,
    source: '',
    templateId,
    sendBy: [hub.channelId],
    periodHours: 1,
    needsConsent: true,
  } as const
  const run = await dryRunRule(deps, { ...rule, sendBy: [hub.channelId] })
  expect(run.items.slice(0, 3).map((item) => item.reason)).toEqual(['no_consent', 'already_sent', 'sent'])
  expect(run.items[2]).toMatchObject({ contactName: 'Борис Иванов', to: sender, channelId: hub.channelId })
  expect((await hub.pool.query('select count(*)::int as n from outbox')).rows).toEqual(before.rows)
})

test('whatever the order, the repeats and the number of workers, each person is answered once', { timeout: 240_000 }, async () => {
  await makeRule({ periodHours: 0, needsConsent: false })
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ person: fc.integer({ min: 0, max: 3 }), event: fc.integer({ min: 0, max: 2 }) }), { minLength: 1, maxLength: 20 }),
      async (deliveries) => {
        const run = newId()
        const shape = (person: number, event: number) => ({ ...form(`${run}-${person}`), key: `${run}-${person}-${event}` })
        await Promise.all(deliveries.map(({ person, event }) => hub.deliver([shape(person, event)])))
        await Promise.all([hub.worker.drain(), fireAll(), fireAll()])
        await Promise.all([fireAll(), fireAll(), fireAll()])
        const people = [...new Set(deliveries.map(({ person }) => person))]
        for (const person of people) expect(await sentTo(`${run}-${person}`)).toHaveLength(1)
      },
    ),
    { numRuns: 15 },
  )
})

test('kill -9 of the process that decides forgets nobody and answers nobody twice', { timeout: 240_000 }, async () => {
  const rule = await makeRule({ periodHours: 0, needsConsent: false })
  const run = newId()
  const people = Array.from({ length: 60 }, (_, index) => `${run}-${index}`)
  await Promise.all(people.map((person) => hub.deliver([form(person)])))
  await hub.worker.drain()
  const sent = async () => (await hub.pool.query(`select 1 from rule_firings where rule_id = $1 and status = 'sent'`, [rule])).rowCount ?? 0
  for (const count of [5, 20, 40]) {
    const child = await startDeciding()
    await vi.waitFor(async () => expect(await sent()).toBeGreaterThanOrEqual(count), { timeout: 60_000, interval: 5 })
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }
  // What the killed one held is free once the database has noticed that it is gone.
  await expect.poll(() => fireAll().then(sent)).toBe(60)
  const { rows } = await hub.pool.query(
    `select count(*)::int as parts, count(distinct e.to_value)::int as people from entries e join outbox o on o.entry_id = e.id where e.to_value like $1`,
    [`${run}-%`],
  )
  expect(rows).toEqual([{ parts: 60, people: 60 }])
})

async function startDeciding() {
  const child = fork(resolve(import.meta.dirname, '../support/rules-process.ts'), [hub.url], {
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  await once(child, 'message')
  return child
}
