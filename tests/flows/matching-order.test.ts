import { afterAll, beforeAll, expect, test } from 'vitest'
import { fc } from '../support/dice.ts'
import { type IntakeHub, intakeHub } from '../support/intake-hub.ts'

let hub: IntakeHub
beforeAll(async () => {
  hub = await intakeHub()
})
afterAll(() => hub.close())

interface Touch {
  identities: number[]
  isForm: boolean
}

const touches = fc.array(fc.record({ identities: fc.uniqueArray(fc.nat(7), { minLength: 1, maxLength: 3 }), isForm: fc.boolean() }), {
  minLength: 2,
  maxLength: 14,
})
let runs = 0

function eventOf(run: string, touch: Touch, index: number): object {
  const identities = touch.identities.map((identity) => ({
    kind: 'test',
    value: `${run}-${identity}`,
    evidence: identity % 2 === 0 ? 'attested' : 'claimed',
  }))
  const shared = { key: `${run}-${index}`, from: { identities }, text: String(index) }
  if (touch.isForm) return { ...shared, type: 'form', topic: 'same', fields: [] }
  return { ...shared, type: 'message', direction: 'inbound', externalId: `${run}-${index}`, conversation: { by: 'contact' } }
}

/** Delivers the touches in an order, a few at a time, and gives what must not depend on it. */
async function outcomeOf(list: Touch[], order: number[], width: number): Promise<object> {
  const run = `run${runs++}`
  for (let at = 0; at < order.length; at += width) {
    const together = order.slice(at, at + width).flatMap((index) => (list[index] ? [eventOf(run, list[index], index)] : []))
    await Promise.all(together.map((event) => hub.deliver([event])))
  }
  await hub.worker.drain()
  const parked = await hub.pool.query(`select reason from deliveries where status = 'parked'`)
  expect(parked.rows).toEqual([])
  const owners = await hub.pool.query<{ value: string; owners: string[] }>(
    `select i.value, array_agg(ci.contact_id) filter (where ci.owning) as owners from identities i join contact_identities ci on ci.identity_id = i.id where i.value like $1 group by i.value order by i.value`,
    [`${run}-%`],
  )
  for (const row of owners.rows) expect(row.owners).toHaveLength(1)
  const suggestions = await hub.pool.query<{ first_id: string; second_id: string }>(
    `select first_id, second_id from merge_suggestions where status = 'open'`,
  )
  const entries = await hub.pool.query<{ n: number }>('select count(*)::int as n from entries where event_key like $1', [`${run}-%`])
  const leads = await hub.pool.query<{ most: number }>(
    `select coalesce(max(n), 0)::int as most from (select count(*) as n from leads l join contact_identities ci on ci.contact_id = l.contact_id and ci.owning join identities i on i.id = ci.identity_id
     where i.value like $1 group by l.contact_id, i.id) as counted`,
    [`${run}-%`],
  )
  return {
    groups: groupsOf(
      owners.rows.map((row) => [row.value.slice(run.length + 1), row.owners[0] ?? ''] as const),
      suggestions.rows,
    ),
    entries: entries.rows[0]?.n,
    leadsAreFew: (leads.rows[0]?.most ?? 0) <= 2,
  }
}

/** Identities whose cards are one, or joined by open suggestions. */
function groupsOf(owners: (readonly [string, string])[], suggestions: { first_id: string; second_id: string }[]): string[] {
  const parent = new Map<string, string>()
  const root = (id: string): string => {
    const above = parent.get(id) ?? id
    return above === id ? id : root(above)
  }
  for (const { first_id, second_id } of suggestions) parent.set(root(first_id), root(second_id))
  const groups = Map.groupBy(owners, ([, owner]) => root(owner))
  return [...groups.values()]
    .map((members) =>
      members
        .map(([value]) => value)
        .sort()
        .join(' '),
    )
    .sort()
}

test('every order and concurrency gives each identity one card and the same groups of cards', { timeout: 240_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(touches, fc.infiniteStream(fc.nat()), fc.integer({ min: 1, max: 6 }), async (list, dice, width) => {
      const inOrder = list.map((_, index) => index)
      const shuffled = [...inOrder].sort((a, b) => diceOf(dice, a) - diceOf(dice, b))
      const first = await outcomeOf(list, inOrder, 1)
      expect(await outcomeOf(list, shuffled, width)).toEqual(first)
      expect(first).toMatchObject({ entries: list.length })
    }),
    { numRuns: 40 },
  )
})

const rolled = new WeakMap<object, number[]>()
function diceOf(dice: Iterator<number>, index: number): number {
  const known = rolled.get(dice) ?? Array.from({ length: 32 }, () => Number(dice.next().value))
  rolled.set(dice, known)
  return known[index] ?? index
}
