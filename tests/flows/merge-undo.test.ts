import { afterAll, beforeAll, expect, test } from 'vitest'
import { addIdentity } from '../../src/core/contacts/change-identities.ts'
import { editContact } from '../../src/core/contacts/edit-contact.ts'
import { mergeContacts } from '../../src/core/contacts/merge-contacts.ts'
import { undoMerge } from '../../src/core/contacts/undo-merge.ts'
import { changeLead } from '../../src/core/leads/change-lead.ts'
import { admin } from '../support/cards.ts'
import { dumpClients, forgetClients } from '../support/client-dump.ts'
import { fc } from '../support/dice.ts'
import { type IntakeHub, intakeHub } from '../support/intake-hub.ts'

let merging: IntakeHub
let plain: IntakeHub
beforeAll(async () => {
  ;[merging, plain] = await Promise.all([intakeHub(), intakeHub()])
})
afterAll(() => Promise.all([merging.close(), plain.close()]))

const addresses = 8
const address = fc.nat(addresses - 1)
const touch = fc.record({
  do: fc.constant('touch' as const),
  identities: fc.uniqueArray(address, { minLength: 1, maxLength: 2 }),
  kind: fc.constantFrom('form', 'chat', 'letter'),
  topic: fc.constantFrom('boiler', 'pump'),
  answers: fc.nat(5),
})
const step = fc.oneof(
  { weight: 6, arbitrary: touch },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('merge' as const), from: address, into: address }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('undo' as const), which: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('edit' as const), who: address, value: fc.constantFrom('Omsk', 'Tomsk', 'Perm') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('know' as const), who: address, address }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('win' as const), who: address }) },
)
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never
type Touch = Extract<Step, { do: 'touch' }>

const month = 30 * 24 * 3600_000
let runs = 0

/** Touches are spread over a month that lies behind us. */
function eventOf(run: string, one: Touch, index: number, count: number): object {
  const identities = one.identities.map((number) => ({
    kind: 'test',
    value: `${run}-${number}`,
    evidence: number % 3 === 0 ? 'claimed' : 'attested',
  }))
  const key = `${run}-${String(index).padStart(4, '0')}`
  const occurredAt = new Date(Date.UTC(2026, 0, 1) + (month / count) * index + index).toISOString()
  const shared = { key, occurredAt, from: { identities, name: `Person ${one.identities[0]}` }, text: key }
  if (one.kind === 'form') return { ...shared, type: 'form', topic: one.topic, fields: [] }
  const references = { by: 'references', references: [`${run}-${String(Math.max(0, index - one.answers)).padStart(4, '0')}`], tokens: [] }
  return { ...shared, type: 'message', direction: 'inbound', externalId: key, conversation: one.kind === 'letter' ? references : { by: 'contact' } }
}

async function ownerOf(hub: IntakeHub, run: string, number: number): Promise<{ id: string; merged: boolean } | undefined> {
  const { rows } = await hub.pool.query<{ id: string; merged: boolean }>(
    `select c.id, c.card_id <> c.id as merged from identities i join contact_identities ci on ci.identity_id = i.id and ci.owning
     join contacts c on c.id = ci.contact_id where i.value = $1`,
    [`${run}-${number}`],
  )
  return rows[0]
}

/** What a person does to a card. Gives false when there is no such card, or (in the hub that merges) another card shows it just now. */
async function doByHand(hub: IntakeHub, run: string, one: Exclude<Step, { do: 'touch' | 'merge' | 'undo' }>): Promise<boolean> {
  const contact = await ownerOf(hub, run, one.who)
  if (!contact || contact.merged) return false
  if (one.do === 'edit') await editContact(hub, contact.id, { fields: { city: one.value } }, admin)
  if (one.do === 'know') await addIdentity(hub, contact.id, { kind: 'test', value: `${run}-${one.address}`, role: 'personal' }, admin)
  if (one.do === 'win') {
    const { rows } = await hub.pool.query<{ id: string }>(
      `select id from leads where contact_id = $1 and status = 'new' order by first_touch->>'at' limit 1`,
      [contact.id],
    )
    if (rows[0]) await changeLead(hub, rows[0].id, { status: 'won' }, admin)
  }
  return true
}

async function parkedIn(hub: IntakeHub, run: string): Promise<string[]> {
  const { rows } = await hub.pool.query<{ reason: string }>(
    `select reason from deliveries where status = 'parked' and convert_from(body, 'utf8') like '%"' || $1 || '-%'`,
    [run],
  )
  return rows.map(({ reason }) => reason)
}

async function deliver(hub: IntakeHub, event: object): Promise<void> {
  await hub.deliver([event])
  await hub.worker.drain()
}

test('undo after a month of traffic equals never having merged, in whatever order merges are made and undone', { timeout: 240_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), fc.array(fc.nat(), { minLength: 30, maxLength: 30 }), async (steps, dice) => {
      const run = `run${runs++}`
      await Promise.all([merging, plain].map((hub) => forgetClients(hub.pool)))
      const done: Step[] = []
      const open: string[] = []
      let merges = 0
      for (const [index, one] of steps.entries()) {
        if (one.do === 'merge') {
          const [from, into] = [await ownerOf(merging, run, one.from), await ownerOf(merging, run, one.into)]
          const merged = from && into ? await mergeContacts(merging, { fromId: from.id, intoId: into.id }, admin).catch(() => undefined) : undefined
          if (merged) merges += open.push(merged.mergeId)
        } else if (one.do === 'undo') {
          const [mergeId] = open.splice(one.which % Math.max(open.length, 1), 1)
          if (mergeId) await undoMerge(merging, mergeId, admin)
        } else if (one.do === 'touch') await deliver(merging, eventOf(run, one, index, steps.length))
        else if (!(await doByHand(merging, run, one))) continue
        done[index] = one
      }
      for (let roll = 0; open.length > 0; roll++) {
        const [mergeId = ''] = open.splice((dice[roll % dice.length] ?? 0) % open.length, 1)
        await undoMerge(merging, mergeId, admin)
      }
      for (const [index, one] of done.entries()) {
        if (one?.do === 'touch') await deliver(plain, eventOf(run, one, index, steps.length))
        else if (one && one.do !== 'merge' && one.do !== 'undo') await doByHand(plain, run, one)
      }
      expect(await dumpClients(merging.pool)).toEqual(await dumpClients(plain.pool))
      expect(await parkedIn(merging, run)).toEqual([])
      fc.pre(merges > 0)
    }),
    { numRuns: 12 },
  )
})
