import type { Evidence } from '../../connector/identity.ts'
import type { Transaction } from '../../database/pool.ts'
import { identityKey, type ReadingWithKeys } from './keys.ts'
import { Known } from './known.ts'
import { loadCalls } from './known-calls.ts'
import { asPart, groupName, type PartEvent } from './parts.ts'
import { threadKey } from './thread-key.ts'

/** Loads all that a batch needs in a handful of queries and two round trips, whatever its size. Call with the batch's locks held, or asked for. */
export async function loadKnown(tx: Transaction, readings: ReadingWithKeys[]): Promise<Known> {
  const known = new Known()
  await Promise.all([
    loadEventKeys(tx, known, readings),
    loadIdentities(tx, known, readings),
    loadExternalIds(tx, known, readings),
    loadParts(tx, known, readings),
  ])
  await Promise.all([
    loadConversations(tx, known, readings),
    loadCalls(tx, known.calls, readings),
    loadOpenLeads(tx, known),
    loadFingerprints(tx, known, readings),
  ])
  return known
}

async function loadEventKeys(tx: Transaction, known: Known, readings: ReadingWithKeys[]): Promise<void> {
  const pairs = readings.flatMap(({ reading }) => reading.events.map((event) => [reading.channel.id, event.key] as const))
  const { rows } = await tx.query<{ channel_id: string; key: string }>({
    name: 'known event keys',
    text: `select e.channel_id, e.key from unnest($1::uuid[], $2::text[]) as given(channel_id, key)
      join delivery_events e on e.channel_id = given.channel_id and e.key = given.key where e.status <> 'parked'`,
    values: [pairs.map(([channelId]) => channelId), pairs.map(([, key]) => key)],
  })
  for (const row of rows) known.eventKeys.add(`${row.channel_id} ${row.key}`)
}

async function loadIdentities(tx: Transaction, known: Known, readings: ReadingWithKeys[]): Promise<void> {
  const wanted = new Map(
    readings.flatMap(({ keys }) => keys.flatMap((one) => [...one.client, ...one.others].map((identity) => [identity.key, identity] as const))),
  )
  if (wanted.size === 0) return
  const { rows } = await tx.query<{
    id: string
    kind: string
    value: string
    contact_id: string | null
    evidence: Evidence
    owning: boolean
    name: string
    name_by: string
    owner_id: string | null
    last_touch_at: Date
  }>({
    name: 'known identities',
    text: `select i.id, i.kind, i.value, ci.contact_id, ci.evidence, ci.owning, c.name, c.name_by, c.owner_id, c.last_touch_at
      from unnest($1::text[], $2::text[]) as given(kind, value)
      join identities i on i.kind = given.kind and i.value = given.value
      left join contact_identities ci on ci.identity_id = i.id and ci.until is null
      left join contacts c on c.id = ci.contact_id`,
    values: [[...wanted.values()].map((identity) => identity.kind), [...wanted.values()].map((identity) => identity.value)],
  })
  for (const row of rows) {
    const key = identityKey(row.kind, row.value)
    const identity = known.identities.get(key) ?? { id: row.id, ownerId: undefined, links: new Map() }
    known.identities.set(key, identity)
    if (row.contact_id === null) continue
    identity.links.set(row.contact_id, row.evidence)
    if (row.owning) identity.ownerId = row.contact_id
    known.contacts.set(row.contact_id, {
      id: row.contact_id,
      name: row.name,
      nameBy: row.name_by,
      ownerId: row.owner_id,
      lastTouchAt: row.last_touch_at,
    })
  }
}

async function loadExternalIds(tx: Transaction, known: Known, readings: ReadingWithKeys[]): Promise<void> {
  const pairs = readings.flatMap(({ reading, keys }) => keys.flatMap((one) => one.externalIds.map((id) => [reading.channel.id, id] as const)))
  if (pairs.length === 0) return
  const { rows } = await tx.query<{ channel_id: string; external_id: string; entry_id: string; conversation_id: string | null }>({
    name: 'known external ids',
    text: `select x.channel_id, x.external_id, x.entry_id, e.conversation_id from unnest($1::uuid[], $2::text[]) as given(channel_id, external_id)
      join external_ids x on x.channel_id = given.channel_id and x.external_id = given.external_id join entries e on e.id = x.entry_id`,
    values: [pairs.map(([channelId]) => channelId), pairs.map(([, id]) => id)],
  })
  for (const row of rows)
    known.externalIds.set(`${row.channel_id} ${row.external_id}`, { entryId: row.entry_id, conversationId: row.conversation_id })
}

async function loadConversations(tx: Transaction, known: Known, readings: ReadingWithKeys[]): Promise<void> {
  const channelIds = [...new Set(readings.map(({ reading }) => reading.channel.id))]
  const threads = new Set<string>()
  for (const contactId of known.contacts.keys()) threads.add(`contact:${contactId}`)
  for (const { keys } of readings) for (const one of keys) for (const key of threadsOf(one, known)) threads.add(key)
  const ids = [...known.externalIds.values()].flatMap((external) => external.conversationId ?? [])
  for (const { tokens } of readings) ids.push(...tokens)
  const which = 'id = any($1::uuid[]) or (channel_id = any($2::uuid[]) and thread_key = any($3::text[]))'
  const values = [ids, channelIds, [...threads]]
  const [conversations, participants] = await Promise.all([
    tx.query<{ id: string; contact_id: string; channel_id: string; thread_key: string; state: string; waiting_since: Date | null }>({
      name: 'known conversations',
      text: `select id, contact_id, channel_id, thread_key, state, waiting_since from conversations where ${which} order by id for update`,
      values,
    }),
    tx.query<{ conversation_id: string; identity_id: string }>({
      name: 'known participants',
      text: `select conversation_id, identity_id from participants where conversation_id = any(array(select id from conversations where ${which}))`,
      values,
    }),
  ])
  for (const row of conversations.rows) {
    known.addConversation({
      id: row.id,
      contactId: row.contact_id,
      channelId: row.channel_id,
      threadKey: row.thread_key,
      state: row.state,
      waitingSince: row.waiting_since,
    })
  }
  for (const row of participants.rows) known.participants.add(`${row.conversation_id} ${row.identity_id}`)
}

/** The exchange itself, and those of its senders who wrote into it without being in it. */
function threadsOf({ threadRoot: root, client }: ReadingWithKeys['keys'][number], known: Known): string[] {
  if (root === undefined) return []
  const contacts = client.flatMap((identity) => [...(known.identities.get(identity.key)?.links.keys() ?? [])])
  return [threadKey(root), ...contacts.map((contactId) => threadKey(root, contactId))]
}

async function loadOpenLeads(tx: Transaction, known: Known): Promise<void> {
  if (known.contacts.size === 0) return
  const { rows } = await tx.query<{ id: string; contact_id: string; topic: string }>({
    name: 'known open leads',
    text: `select id, contact_id, topic from leads where status in ('new', 'working') and contact_id = any($1::uuid[])`,
    values: [[...known.contacts.keys()]],
  })
  for (const row of rows) known.addLead({ id: row.id, contactId: row.contact_id, topic: row.topic })
}

async function loadFingerprints(tx: Transaction, known: Known, readings: ReadingWithKeys[]): Promise<void> {
  const hasFingerprint = readings.some(({ reading }) => reading.events.some((event) => event.type === 'form' && event.fingerprint !== undefined))
  if (!hasFingerprint || known.contacts.size === 0) return
  const { rows } = await tx.query<{ contact_id: string; fingerprint: string; received_at: Date }>({
    name: 'known fingerprints',
    text: `select contact_id, extra ->> 'fingerprint' as fingerprint, max(received_at) as received_at from entries
      where contact_id = any($1::uuid[]) and kind = 'form' and sort_at > now() - interval '1 day' and extra ->> 'fingerprint' is not null group by 1, 2`,
    values: [[...known.contacts.keys()]],
  })
  for (const row of rows) known.fingerprints.set(`${row.contact_id} ${row.fingerprint}`, row.received_at)
}

async function loadParts(tx: Transaction, known: Known, readings: ReadingWithKeys[]): Promise<void> {
  const parts = readings.flatMap(({ reading }) =>
    reading.events.flatMap((event) => {
      const part = event.type === 'message' ? asPart(event) : undefined
      return part ? [{ channelId: reading.channel.id, group: groupName(part) }] : []
    }),
  )
  if (parts.length === 0) return
  const { rows } = await tx.query<{ channel_id: string; waits_for: string; delivery_id: string; event: PartEvent & { shownAs?: string } }>({
    name: 'known parts',
    text: `select distinct w.channel_id, w.waits_for, w.key, w.delivery_id, w.event from unnest($1::uuid[], $2::text[]) as given(channel_id, waits_for)
      join waiting_events w on w.channel_id = given.channel_id and w.waits_for = given.waits_for order by w.key`,
    values: [parts.map(({ channelId }) => channelId), parts.map(({ group }) => group)],
  })
  for (const {
    channel_id,
    waits_for,
    delivery_id,
    event: { shownAs, ...event },
  } of rows) {
    const group = `${channel_id} ${waits_for}`
    known.parts.set(group, [...(known.parts.get(group) ?? []), { event, deliveryId: delivery_id, shownAs }])
  }
}
