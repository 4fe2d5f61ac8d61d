import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startApplyWorker } from '../../src/core/intake/apply-worker.ts'
import { eventsConnector, type IntakeHub, intakeHub } from '../support/intake-hub.ts'
import { silentLogger } from '../support/test-connector.ts'

let hub: IntakeHub
beforeAll(async () => {
  hub = await intakeHub({ own: ['phone\u0001+78460000000'] })
})
afterAll(() => hub.close())

let counter = 0
function message(from: string, text: string, more: object = {}) {
  counter++
  return {
    type: 'message',
    key: `m${counter}`,
    direction: 'inbound',
    externalId: `ext${counter}`,
    from: { name: `Имя ${from}`, identities: [{ kind: 'test', value: from, evidence: 'attested' }] },
    conversation: { by: 'contact' },
    text,
    ...more,
  }
}

function form(identities: { kind: string; value: string }[], more: object = {}) {
  counter++
  return {
    type: 'form',
    key: `f${counter}`,
    from: { name: 'Анна', identities: identities.map((identity) => ({ ...identity, evidence: 'claimed' })) },
    topic: 'Балкон',
    text: 'Сколько стоит?',
    fields: [],
    ...more,
  }
}

async function rows<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
  return (await hub.pool.query<Row>(sql, values)).rows
}

async function contactsOf(kind: string, value: string) {
  return await rows<{ contact_id: string; name: string; evidence: string; owning: boolean }>(
    `select ci.contact_id, c.name, ci.evidence, ci.owning from identities i join contact_identities ci on ci.identity_id = i.id join contacts c on c.id = ci.contact_id where i.kind = $1 and i.value = $2`,
    [kind, value],
  )
}

describe('a stranger', () => {
  test('gets one card, one lead and a conversation that waits', async () => {
    const first = message('anna', 'Здравствуйте')
    await hub.deliver([first])
    await hub.worker.drain()
    const [contact] = await contactsOf('test', 'anna')
    expect(contact).toMatchObject({ name: 'Имя anna', evidence: 'attested', owning: true })
    const entries = await rows<{ text: string; match: object; conversation_id: string }>(
      'select text, match, conversation_id from entries where contact_id = $1',
      [contact?.contact_id],
    )
    expect(entries).toMatchObject([
      { text: 'Здравствуйте', match: { reason: 'new_contact', evidence: 'attested', identity: { kind: 'test', value: 'anna' } } },
    ])
    expect(await rows('select status from leads where contact_id = $1', [contact?.contact_id])).toEqual([{ status: 'new' }])
    const [conversation] = await rows<{ waiting_since: Date | null; state: string }>('select waiting_since, state from conversations where id = $1', [
      entries[0]?.conversation_id,
    ])
    expect(conversation?.waiting_since).toBeInstanceOf(Date)
    expect(conversation?.state).toBe('open')
  })

  test('who sends a hundred things at once is still one', async () => {
    await Promise.all(Array.from({ length: 100 }, (_, index) => hub.deliver([message('crowd', `№ ${index}`)])))
    await hub.worker.drain()
    const owners = await contactsOf('test', 'crowd')
    expect(owners).toHaveLength(1)
    expect(await rows('select count(*)::int as n from entries where contact_id = $1', [owners[0]?.contact_id])).toEqual([{ n: 100 }])
    expect(await rows('select count(*)::int as n from leads where contact_id = $1', [owners[0]?.contact_id])).toEqual([{ n: 1 }])
    expect(await rows('select count(*)::int as n from conversations where contact_id = $1', [owners[0]?.contact_id])).toEqual([{ n: 1 }])
  })
})

describe('doubles', () => {
  test('delivers once when the webhook comes ten times', async () => {
    const event = message('again', 'раз')
    await Promise.all(Array.from({ length: 10 }, () => hub.deliver([event], { dedupeKey: 'delivery-1' })))
    await hub.worker.drain()
    expect(await rows('select text from entries where event_key = $1', [event.key])).toHaveLength(1)
    expect(await rows(`select repeats from deliveries where dedupe_key = 'delivery-1'`)).toEqual([{ repeats: 9 }])
  })

  test('knows two deliveries apart whose long names only end differently', async () => {
    const name = 'x'.repeat(2_000)
    await Promise.all(['a', 'b', 'b'].map((end) => hub.deliver([message('long names', end)], { dedupeKey: `${name}${end}` })))
    await hub.worker.drain()
    const [owner] = await contactsOf('test', 'long names')
    expect(await rows('select text from entries where contact_id = $1 order by text', [owner?.contact_id])).toEqual([{ text: 'a' }, { text: 'b' }])
  })

  test('applies an event once when it comes in two deliveries', async () => {
    const event = message('again', 'два')
    await Promise.all([hub.deliver([event]), hub.deliver([event, message('again', 'три')])])
    await hub.worker.drain()
    expect(await rows('select text from entries where event_key = $1', [event.key])).toHaveLength(1)
  })

  test('keeps a look-alike form and marks it', async () => {
    const same = { fingerprint: 'same', lookalikeWindowMs: 60_000 }
    await hub.deliver([form([{ kind: 'phone', value: '8 (927) 111-22-33' }], same)])
    await hub.worker.drain()
    await hub.deliver([form([{ kind: 'phone', value: '+7 927 1112233' }], same)])
    await hub.worker.drain()
    const owners = await contactsOf('phone', '+79271112233')
    expect(owners).toHaveLength(1)
    const entries = await rows<{ repeated: boolean | null }>(
      `select (extra ->> 'perhapsRepeated')::bool as repeated from entries where contact_id = $1 order by id`,
      [owners[0]?.contact_id],
    )
    expect(entries.map((entry) => entry.repeated)).toEqual([null, true])
    expect(await rows('select topic from leads where contact_id = $1', [owners[0]?.contact_id])).toEqual([{ topic: 'Балкон' }])
  })
})

describe('order', () => {
  test('a receipt, an edit and a reaction wait for their message', async () => {
    const event = message('late', 'первый вариант', {
      direction: 'outbound',
      others: [{ identities: [{ kind: 'test', value: 'late', evidence: 'attested' }] }],
      from: { identities: [] },
    })
    await hub.deliver([{ type: 'receipt', key: 'r1', externalId: event.externalId, status: 'read' }])
    await hub.deliver([
      { type: 'message.edited', key: 'e1', externalId: event.externalId, text: 'второй вариант', occurredAt: '2026-11-20T10:00:00.000Z' },
    ])
    await hub.worker.drain()
    expect(await rows(`select status from delivery_events where key in ('r1', 'e1')`)).toEqual([{ status: 'waiting' }, { status: 'waiting' }])
    await hub.deliver([event])
    await hub.worker.drain()
    await hub.deliver([{ type: 'receipt', key: 'r2', externalId: event.externalId, status: 'delivered' }])
    await hub.worker.drain()
    expect(await rows('select status, text from entries where event_key = $1', [event.key])).toEqual([{ status: 'read', text: 'второй вариант' }])
    expect(await rows(`select key, status from delivery_events where key in ('r1', 'r2', 'e1') order by key`)).toEqual([
      { key: 'e1', status: 'applied' },
      { key: 'r1', status: 'applied' },
      { key: 'r2', status: 'ignored' },
    ])
    expect(await rows('select key from waiting_events')).toEqual([])
  })

  test('a clock that runs ahead is shown, and sorted no later than five minutes after arrival', async () => {
    const event = message('future', 'завтра', { occurredAt: '2099-01-01T00:00:00.000Z' })
    await hub.deliver([event])
    await hub.worker.drain()
    const [entry] = await rows<{ ahead: number; year: number }>(
      'select extract(epoch from sort_at - received_at)::int as ahead, extract(year from occurred_at)::int as year from entries where event_key = $1',
      [event.key],
    )
    expect(entry).toEqual({ ahead: 300, year: 2099 })
  })
})

describe('bad deliveries', () => {
  test('a broken item parks alone and its neighbours are applied', async () => {
    const good = message('neighbour', 'цел')
    await hub.deliver([{ type: 'malformed', key: 'bad1', reason: 'no sender' }, good])
    await hub.worker.drain()
    expect(await rows('select text from entries where event_key = $1', [good.key])).toHaveLength(1)
    expect(await rows(`select d.status, d.reason from deliveries d join delivery_events e on e.delivery_id = d.id where e.key = 'bad1'`)).toEqual([
      { status: 'parked', reason: 'no sender' },
    ])
  })

  test('bytes that are nothing are parked with a reason, and NUL or half a surrogate harm nothing', async () => {
    await hub.deliver('not json')
    const odd = message('odd', 'a\u0000b\ud800c')
    await hub.deliver([odd])
    await hub.worker.drain()
    expect(await rows(`select reason from deliveries where status = 'parked' and reason = 'not JSON'`)).toHaveLength(1)
    expect(await rows('select text from entries where event_key = $1', [odd.key])).toEqual([{ text: 'ab\ufffdc' }])
  })

  test('one poisonous delivery does not take its batch with it', async () => {
    const good = Array.from({ length: 5 }, () => message('batch', 'цел'))
    const poison = message('batch', 'яд', { occurredAt: '2026-11-20T10:00:00Z', subject: 'x', conversation: { by: 'nonsense' } })
    await Promise.all([...good.map((event) => hub.deliver([event])), hub.deliver([{ ...poison, from: null }])])
    await hub.worker.drain()
    const keys = good.map((event) => event.key)
    expect(await rows('select count(*)::int as n from entries where event_key = any($1)', [keys])).toEqual([{ n: 5 }])
    expect(await rows(`select count(*)::int as n from deliveries where status = 'received'`)).toEqual([{ n: 0 }])
  })
})

test('a file that cannot be read for now keeps nobody waiting but its own delivery, which is applied once it can be read', async () => {
  const quiet = await intakeHub({ workers: false })
  const read = quiet.files.read
  quiet.files.read = async () => {
    throw Object.assign(new Error('input/output error'), { code: 'EIO' })
  }
  const large = message('large', 'x'.repeat(300_000))
  for (const event of [large, message('small one', 'цел'), message('small two', 'цел')]) await quiet.deliver([event])
  const applied = async () => (await quiet.pool.query<{ key: string }>('select key from delivery_events order by key')).rowCount
  const worker = startApplyWorker({ ...quiet, logger: silentLogger }, 1)
  for (const until = Date.now() + 20_000; Date.now() < until && (await applied()) !== 2; ) {
    worker.wake()
    await pause(20)
  }
  expect(await applied()).toBe(2)
  quiet.files.read = read
  await worker.drain()
  expect((await quiet.pool.query('select length(text) as length from entries where event_key = $1', [large.key])).rows).toEqual([{ length: 300_000 }])
  await worker.close()
  await quiet.close()
})

test('whoever rings does not wait for a burst to end, nor behind what it left; all else does', async () => {
  const ringing = await intakeHub({ connector: { ...eventsConnector, manifest: { ...eventsConnector.manifest, isUrgent: true } } })
  const first = message('rings', 'в разгар')
  const read = async () => {
    const { rows } = await ringing.pool.query<{ applied: boolean; waiting: number }>(
      `select exists (select from delivery_events where key = $1) as applied, (select count(*)::int from deliveries where status = 'received') as waiting`,
      [first.key],
    )
    return rows[0]
  }
  const burst = setInterval(() => ringing.worker.wake(500), 20)
  await pause(500)
  // Older than the call, so that they would come before it.
  await ringing.pool.query(
    `insert into deliveries (id, channel_id, dedupe_key, method, path, query, headers, body, size, sha256, received_at)
     select gen_random_uuid(), $1, 'rest' || n, 'POST', '', '', '{}', '[]', 2, '\\x00', now() - interval '1 minute' from generate_series(1, 3000) n`,
    [ringing.channelId],
  )
  await ringing.deliver([first])
  let seen = await read()
  for (const end = Date.now() + 20_000; Date.now() < end && !seen?.applied; seen = await read()) await pause(20)
  expect(seen?.applied).toBe(true)
  expect(seen?.waiting).toBeGreaterThan(0)
  clearInterval(burst)
  await ringing.worker.drain()
  await ringing.close()
})

describe('matching', () => {
  test('a claimed identity of somebody else is suggested, never merged and never overwritten', async () => {
    await hub.deliver([form([{ kind: 'phone', value: '+79270000001' }])])
    await hub.deliver([
      form([{ kind: 'email', value: 'B@Пример.рф' }], {
        from: { name: 'Борис', identities: [{ kind: 'email', value: 'B@Пример.рф', evidence: 'claimed' }] },
      }),
    ])
    await hub.worker.drain()
    await hub.deliver([
      form([
        { kind: 'phone', value: '89270000001' },
        { kind: 'email', value: 'b@xn--e1afmkfd.xn--p1ai' },
      ]),
    ])
    await hub.worker.drain()
    const [a] = await contactsOf('phone', '+79270000001')
    const [b] = await contactsOf('email', 'b@xn--e1afmkfd.xn--p1ai')
    expect(a?.contact_id).not.toBe(b?.contact_id)
    expect(b?.name).toBe('Борис')
    const [first, second] = [a?.contact_id ?? '', b?.contact_id ?? ''].sort()
    expect(await rows('select status from merge_suggestions where first_id = $1 and second_id = $2', [first, second])).toEqual([{ status: 'open' }])
  })

  test('an identity that a person took off a card, and that comes with its owner again, is that card’s own', async () => {
    const phone = { kind: 'phone', value: '+79270000077' }
    await hub.deliver([form([{ kind: 'email', value: 'own@again.test' }, phone])])
    await hub.worker.drain()
    const [before] = await contactsOf('phone', phone.value)
    await hub.pool.query(
      `update contact_identities ci set until = now(), owning = false from identities i where i.id = ci.identity_id and i.value = $1`,
      [phone.value],
    )
    await hub.deliver([form([{ kind: 'email', value: 'own@again.test' }, phone])])
    await hub.worker.drain()
    await hub.deliver([form([phone])])
    await hub.worker.drain()
    expect(await contactsOf('phone', phone.value)).toEqual([before])
  })

  test('our own numbers and withheld ones are nobody’s key', async () => {
    await hub.deliver([
      form([
        { kind: 'phone', value: '8 (846) 000-00-00' },
        { kind: 'phone', value: 'anonymous' },
      ]),
    ])
    await hub.worker.drain()
    expect(await contactsOf('phone', '+78460000000')).toEqual([])
  })

  test('a shared phone joins the card of its sender', async () => {
    await hub.deliver([message('sharer', 'вот мой номер')])
    await hub.worker.drain()
    await hub.deliver([
      {
        type: 'identity',
        key: 'i1',
        from: { identities: [{ kind: 'test', value: 'sharer', evidence: 'attested' }] },
        learned: [{ kind: 'phone', value: '79275556677', evidence: 'attested' }],
      },
    ])
    await hub.worker.drain()
    const [card] = await contactsOf('test', 'sharer')
    expect(await contactsOf('phone', '+79275556677')).toMatchObject([{ contact_id: card?.contact_id, evidence: 'attested', owning: true }])
  })

  test('a name that comes before its person has written waits for his first message, and renames nobody who has one', async () => {
    const identities = [{ kind: 'test', value: 'early', evidence: 'attested' }]
    const told = (name: string) => ({
      type: 'identity',
      key: `told ${name}`,
      from: { identities, name, picture: 'https://test/early.png' },
      learned: [],
    })
    await hub.deliver([told('Вовремя')])
    await hub.worker.drain()
    expect(await contactsOf('test', 'early')).toEqual([])
    expect(await rows(`select status from delivery_events where key = 'told Вовремя'`)).toEqual([{ status: 'waiting' }])
    await hub.deliver([message('early', 'Здравствуйте', { from: { identities } })])
    await hub.worker.drain()
    const [card] = await contactsOf('test', 'early')
    expect(card?.name).toBe('Вовремя')
    expect(await rows('select ref from contact_pictures where contact_id = $1', [card?.contact_id])).toEqual([{ ref: 'https://test/early.png' }])
    expect(await rows(`select status from delivery_events where key = 'told Вовремя'`)).toEqual([{ status: 'applied' }])
    const [news] = await rows<{ name: string }>(
      `select payload ->> 'name' as name from live_events where type = 'contact.created' and subject_id = $1`,
      [card?.contact_id],
    )
    expect(news?.name).toBe('Вовремя')
    await hub.deliver([told('Поздно')])
    await hub.worker.drain()
    expect((await contactsOf('test', 'early'))[0]?.name).toBe('Вовремя')
    const own = { name: 'Из кабинета', identities: [{ kind: 'test', value: 'own name', evidence: 'attested' }] }
    await hub.deliver([{ type: 'identity', key: 'told of own name', from: own, learned: [] }])
    await hub.worker.drain()
    await hub.deliver([message('own name', 'Здравствуйте')])
    await hub.worker.drain()
    expect((await contactsOf('test', 'own name'))[0]?.name).toBe('Имя own name')
  })

  test('spam goes to quarantine, without a card', async () => {
    await hub.deliver([form([{ kind: 'phone', value: '+79270009999' }], { spam: 'honeypot', key: 'spam1' })])
    await hub.worker.drain()
    expect(await contactsOf('phone', '+79270009999')).toEqual([])
    expect(await rows(`select reason from quarantine where key = 'spam1'`)).toEqual([{ reason: 'honeypot' }])
  })
})

describe('letters', () => {
  const letter = (from: string, id: string, references: string[], others: string[] = []) =>
    message(from, id, {
      externalId: id,
      from: { identities: [{ kind: 'email', value: from, evidence: 'claimed' }] },
      others: others.map((value) => ({ identities: [{ kind: 'email', value, evidence: 'claimed' }] })),
      conversation: { by: 'references', references, tokens: [] },
    })
  const conversationOf = async (id: string) =>
    (await rows<{ conversation_id: string }>('select conversation_id from entries where external_id = $1', [id]))[0]?.conversation_id

  test('an answer joins its thread even when it comes first', async () => {
    await hub.deliver([letter('x@a.test', '<2>', ['<1>'])])
    await hub.worker.drain()
    await hub.deliver([letter('x@a.test', '<1>', [])])
    await hub.deliver([letter('x@a.test', '<3>', ['<2>', '<1>'])])
    await hub.worker.drain()
    expect(await conversationOf('<1>')).toBe(await conversationOf('<2>'))
    expect(await conversationOf('<3>')).toBe(await conversationOf('<2>'))
  })

  test('a stranger who quotes a reference stays outside, one from the copy is let in', async () => {
    await hub.deliver([letter('y@a.test', '<10>', [], ['colleague@a.test'])])
    await hub.worker.drain()
    await hub.deliver([letter('stranger@b.test', '<11>', ['<10>'])])
    await hub.deliver([letter('colleague@a.test', '<12>', ['<10>'])])
    await hub.worker.drain()
    await hub.deliver([letter('stranger@b.test', '<13>', ['<10>'])])
    await hub.worker.drain()
    expect(await conversationOf('<11>')).not.toBe(await conversationOf('<10>'))
    expect(await conversationOf('<13>')).toBe(await conversationOf('<11>'))
    expect(await conversationOf('<12>')).toBe(await conversationOf('<10>'))
    const [colleague] = await contactsOf('email', 'colleague@a.test')
    expect(await rows('select contact_id from entries where external_id = $1', ['<12>'])).toEqual([{ contact_id: colleague?.contact_id }])
  })
})
