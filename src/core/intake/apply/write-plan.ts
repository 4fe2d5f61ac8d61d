import { insertRows } from '../../database/insert-rows.ts'
import type { Transaction } from '../../database/pool.ts'
import type { NewLiveEvent } from '../../realtime/live-event.ts'
import { applyEffect } from './apply-effect.ts'
import { applyWaitingFor } from './apply-waiting.ts'
import { newsOf } from './news.ts'
import type { Outcome, Plan } from './plan.ts'
import { writeCalls, writeUnheard } from './write-calls.ts'
import { writeRecordings } from './write-recordings.ts'

const entryColumns = [
  'id',
  'kind',
  'medium',
  'direction',
  'status',
  'channel_id',
  'conversation_id',
  'contact_id',
  'delivery_id',
  'event_key',
  'external_id',
  'call_id',
  'from_value',
  'to_value',
  'source',
  'occurred_at',
  'received_at',
  'sort_at',
  'subject',
  'text',
  'html',
  'match',
  'extra',
  'automatic',
]
const stronger = `on conflict (contact_id, identity_id) do update set evidence = excluded.evidence, until = null`

/** Writes all that a batch planned, then carries out what changes messages: a dozen statements. Gives what consoles are to hear of it. */
export async function writePlan(tx: Transaction, plan: Plan, options: { isSilent: boolean }): Promise<NewLiveEvent[]> {
  await insertRows(tx, 'contacts', ['id', 'card_id', 'name', 'name_by', 'language', 'last_touch_at'], plan.contacts)
  await insertRows(tx, 'identities', ['id', 'kind', 'value'], plan.identities)
  await insertRows(tx, 'contact_identities', ['contact_id', 'identity_id', 'evidence', 'raw', 'owning'], lastOfEach(plan.contactIdentities), stronger)
  await insertRows(
    tx,
    'merge_suggestions',
    ['id', 'first_id', 'second_id', 'reasons'],
    plan.suggestions,
    'on conflict (first_id, second_id) do nothing',
  )
  await insertRows(tx, 'leads', ['id', 'contact_id', 'topic', 'source', 'first_touch', 'last_touch', 'owner_id'], plan.leads)
  await insertRows(
    tx,
    'conversations',
    ['id', 'contact_id', 'channel_id', 'medium', 'thread_key', 'subject', 'team_id', 'our_address', 'last_entry_at'],
    plan.conversations,
  )
  await writeCalls(tx, plan)
  await insertRows(tx, 'entries', entryColumns, plan.entries)
  await insertRows(
    tx,
    'attachments',
    ['id', 'entry_id', 'name', 'type', 'size', 'sha256', 'file', 'state', 'reason', 'ref', 'content_id', 'position'],
    plan.attachments,
  )
  await insertRows(tx, 'external_ids', ['channel_id', 'external_id', 'entry_id'], plan.externalIds)
  await insertRows(tx, 'participants', ['conversation_id', 'identity_id'], plan.participants)
  await insertRows(
    tx,
    'quarantine',
    ['id', 'channel_id', 'delivery_id', 'key', 'reason', 'event', 'occurred_at', 'received_at'],
    plan.quarantine,
    'on conflict (channel_id, key) do nothing',
  )
  await writeParts(tx, plan)
  await writeChanges(tx, plan, options)
  await writeUnheard(tx, plan, options)
  await writeRecordings(tx, plan.recordings)
  const changed = await carryOutEffects(tx, plan)
  await insertRows(
    tx,
    'delivery_events',
    ['channel_id', 'key', 'delivery_id', 'kind', 'status', 'reason', 'entry_id', 'position'],
    plan.outcomes.map(outcomeRow),
    'on conflict (channel_id, key) do update set status = excluded.status, reason = excluded.reason, entry_id = excluded.entry_id, kind = excluded.kind',
  )
  const changedByWaiting = await applyWaitingFor(
    tx,
    plan.externalIds.map((row) => ({ channelId: String(row.channel_id), externalId: String(row.external_id) })),
  )
  return await newsOf(tx, plan, [...changed, ...changedByWaiting, ...plan.changedEntries], options)
}

async function writeParts(tx: Transaction, plan: Plan): Promise<void> {
  await insertRows(tx, 'waiting_events', ['channel_id', 'key', 'waits_for', 'event', 'delivery_id'], plan.parts)
  if (plan.wholeGroups.length === 0) return
  await tx.query({
    name: 'forget parts',
    text: `delete from waiting_events w using unnest($1::uuid[], $2::text[]) as given(channel_id, waits_for)
      where w.channel_id = given.channel_id and w.waits_for = given.waits_for`,
    values: [plan.wholeGroups.map(({ channelId }) => channelId), plan.wholeGroups.map(({ group }) => group)],
  })
}

async function writeChanges(tx: Transaction, plan: Plan, options: { isSilent: boolean }): Promise<void> {
  if (plan.touchedContacts.size > 0 || plan.renamedContacts.size > 0) {
    const ids = [...new Set([...plan.touchedContacts.keys(), ...plan.renamedContacts.keys()])].sort()
    await tx.query({
      name: 'touch contacts',
      text: `update contacts set last_touch_at = greatest(last_touch_at, coalesce(given.at, last_touch_at)), name = case when contacts.name = '' then coalesce(given.name, '') else contacts.name end, updated_at = now()
        from unnest($1::uuid[], $2::timestamptz[], $3::text[]) as given(id, at, name) where contacts.id = given.id`,
      values: [ids, ids.map((id) => plan.touchedContacts.get(id) ?? null), ids.map((id) => plan.renamedContacts.get(id) ?? null)],
    })
  }
  const conversations = [...plan.conversationChanges]
  if (conversations.length > 0) {
    await tx.query({
      name: 'touch conversations',
      text: `update conversations set last_entry_at = greatest(last_entry_at, given.at), waiting_since = given.waiting,
        state = case when given.reopen then 'open' else state end, snoozed_until = case when given.reopen then null else snoozed_until end,
        route_at = case when given.reopen and not $5 and assignee_id is null then now() else route_at end
        from unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[], $4::bool[]) as given(id, at, waiting, reopen) where conversations.id = given.id`,
      values: [
        conversations.map(([id]) => id),
        conversations.map(([, change]) => change.lastEntryAt),
        conversations.map(([, change]) => change.waitingSince ?? null),
        conversations.map(([, change]) => change.reopen),
        options.isSilent,
      ],
    })
  }
  await endWaitingElsewhere(tx, plan)
  await touchLeads(tx, plan)
}

async function touchLeads(tx: Transaction, plan: Plan): Promise<void> {
  if (plan.leadTouches.size === 0) return
  await tx.query({
    name: 'touch leads',
    text: `update leads set last_touch = given.touch, updated_at = now()
      from unnest($1::uuid[], $2::jsonb[]) as given(id, touch) where leads.id = given.id`,
    values: [[...plan.leadTouches.keys()], [...plan.leadTouches.values()].map((touch) => JSON.stringify(touch))],
  })
}

/** An answer in any medium ends the waiting of the whole card; what the client wrote after it waits on. */
async function endWaitingElsewhere(tx: Transaction, plan: Plan): Promise<void> {
  if (plan.answeredContacts.size === 0) return
  await tx.query({
    name: 'end waiting elsewhere',
    text: `update conversations v set waiting_since = null
      from unnest($1::uuid[], $2::timestamptz[]) as answered(contact_id, at), contacts c, contacts m
      where c.id = answered.contact_id and m.card_id = c.card_id and v.contact_id = m.id and v.waiting_since <= answered.at`,
    values: [[...plan.answeredContacts.keys()], [...plan.answeredContacts.values()]],
  })
}

async function carryOutEffects(tx: Transaction, plan: Plan): Promise<string[]> {
  const changed = new Set<string>()
  for (const { outcome, event } of plan.effects) {
    const effect = await applyEffect(tx, outcome.channelId, event)
    Object.assign(outcome, effect)
    if (effect.status === 'applied' && effect.entryId !== null) changed.add(effect.entryId)
    if (effect.status === 'waiting') {
      await tx.query(
        'insert into waiting_events (channel_id, key, waits_for, event, delivery_id) values ($1, $2, $3, $4, $5) on conflict do nothing',
        [outcome.channelId, outcome.key, event.externalId, JSON.stringify(event), outcome.deliveryId],
      )
    }
  }
  return [...changed]
}

function outcomeRow(outcome: Outcome): Record<string, unknown> {
  return {
    channel_id: outcome.channelId,
    key: outcome.key,
    delivery_id: outcome.deliveryId,
    kind: outcome.kind,
    status: outcome.status,
    reason: outcome.reason?.slice(0, 500) ?? null,
    entry_id: outcome.entryId,
    position: outcome.position,
  }
}

/** One row per contact and identity: a batch may strengthen the same link twice. */
function lastOfEach(rows: Plan['contactIdentities']): Plan['contactIdentities'] {
  return [...new Map(rows.map((row) => [`${row.contact_id} ${row.identity_id}`, row])).values()]
}
