import { notePictures, type ToldPicture } from '../../contacts/picture-store.ts'
import { insertRows } from '../../database/insert-rows.ts'
import type { Transaction } from '../../database/pool.ts'
import { settleMarks } from '../../outbox/receipt-marks.ts'
import type { NewLiveEvent } from '../../realtime/live-event.ts'
import { applyEffect, changedBy } from './apply-effect.ts'
import { applyWaitingFor } from './apply-waiting.ts'
import { newsOf } from './news.ts'
import { type Outcome, type Plan, waitsFor } from './plan.ts'
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
/** A link that a person had ended becomes current again whole: an identity whose owner does not hold it would be given to one more card. */
const stronger = `on conflict (contact_id, identity_id) do update set evidence = excluded.evidence, until = null, owning = contact_identities.owning or excluded.owning`

/**
 * Writes all that a batch planned, then carries out what changes messages: a dozen statements, those that wait for nothing sent at once. Gives what
 * consoles are to hear of it.
 */
export async function writePlan(tx: Transaction, plan: Plan, options: { isSilent: boolean }): Promise<NewLiveEvent[]> {
  await writePeople(tx, plan)
  await writeCalls(tx, plan)
  await Promise.all([writeEntries(tx, plan), writeChanges(tx, plan, options), writeUnheard(tx, plan, options), writeRecordings(tx, plan.recordings)])
  const changed = await carryOutEffects(tx, plan)
  const [changedByWaiting] = await Promise.all([
    applyWaitingFor(tx, [...plan.externalIds.map(externalIdOf), ...plan.newcomers]),
    writeOutcomes(tx, plan.outcomes),
  ])
  const marked = await markEchoes(tx, plan)
  return await newsOf(tx, plan, [...changed, ...changedByWaiting, ...marked, ...plan.changedEntries], options)
}

/** What was sent from the vendor's own app may be told after the mark that it was read. */
async function markEchoes(tx: Transaction, plan: Plan): Promise<string[]> {
  const echoes = plan.entries.filter(({ kind, direction }) => kind === 'message' && direction === 'outbound')
  return await settleMarks(tx, [...new Set(echoes.flatMap(({ conversation_id: id }) => (typeof id === 'string' ? [id] : [])))])
}

/** Whom the entries are of, and where they stand. */
async function writePeople(tx: Transaction, plan: Plan): Promise<void> {
  await Promise.all([
    insertRows(tx, 'contacts', ['id', 'card_id', 'name', 'name_by', 'language', 'last_touch_at'], plan.contacts),
    insertRows(tx, 'identities', ['id', 'kind', 'value'], plan.identities),
    insertRows(tx, 'contact_identities', ['contact_id', 'identity_id', 'evidence', 'raw', 'owning'], lastOfEach(plan.contactIdentities), stronger),
    insertRows(tx, 'merge_suggestions', ['id', 'first_id', 'second_id', 'reasons'], plan.suggestions, 'on conflict (first_id, second_id) do nothing'),
    insertRows(tx, 'leads', ['id', 'contact_id', 'topic', 'source', 'first_touch', 'last_touch', 'owner_id'], plan.leads),
    insertRows(
      tx,
      'conversations',
      ['id', 'contact_id', 'channel_id', 'medium', 'thread_key', 'subject', 'team_id', 'our_address', 'last_entry_at'],
      plan.conversations,
    ),
  ])
}

async function writeEntries(tx: Transaction, plan: Plan): Promise<void> {
  await Promise.all([
    insertRows(tx, 'entries', entryColumns, plan.entries),
    insertRows(
      tx,
      'attachments',
      ['id', 'entry_id', 'name', 'type', 'size', 'sha256', 'file', 'state', 'reason', 'ref', 'content_id', 'position'],
      plan.attachments,
    ),
    insertRows(tx, 'external_ids', ['channel_id', 'external_id', 'entry_id'], plan.externalIds),
    insertRows(tx, 'participants', ['conversation_id', 'identity_id'], plan.participants),
    insertRows(
      tx,
      'quarantine',
      ['id', 'channel_id', 'delivery_id', 'key', 'reason', 'event', 'occurred_at', 'received_at'],
      plan.quarantine,
      'on conflict (channel_id, key) do nothing',
    ),
    insertRows(tx, 'waiting_events', ['channel_id', 'key', 'waits_for', 'event', 'delivery_id'], plan.parts),
    forgetParts(tx, plan.wholeGroups),
  ])
}

async function writeOutcomes(tx: Transaction, outcomes: Outcome[]): Promise<void> {
  await insertRows(
    tx,
    'delivery_events',
    ['channel_id', 'key', 'delivery_id', 'kind', 'status', 'reason', 'entry_id', 'position'],
    outcomes.map(outcomeRow),
    'on conflict (channel_id, key) do update set status = excluded.status, reason = excluded.reason, entry_id = excluded.entry_id, kind = excluded.kind',
  )
}

async function forgetParts(tx: Transaction, groups: Plan['wholeGroups']): Promise<void> {
  if (groups.length === 0) return
  await tx.query({
    name: 'forget parts',
    text: `delete from waiting_events w using unnest($1::uuid[], $2::text[]) as given(channel_id, waits_for)
      where w.channel_id = given.channel_id and w.waits_for = given.waits_for`,
    values: [groups.map(({ channelId }) => channelId), groups.map(({ group }) => group)],
  })
}

async function writeChanges(tx: Transaction, plan: Plan, options: { isSilent: boolean }): Promise<void> {
  await Promise.all([
    touchContacts(tx, plan),
    touchConversations(tx, plan, options),
    endWaitingElsewhere(tx, plan),
    touchLeads(tx, plan),
    notePictures(tx, picturesOf(plan)),
  ])
}

function picturesOf({ pictures }: Plan): ToldPicture[] {
  return [...pictures].map(([contactId, told]) => ({ contactId, ...told })).toSorted((a, b) => a.contactId.localeCompare(b.contactId))
}

async function touchContacts(tx: Transaction, plan: Plan): Promise<void> {
  const ids = [...new Set([...plan.touchedContacts.keys(), ...plan.renamedContacts.keys()])].sort()
  if (ids.length === 0) return
  await tx.query({
    name: 'touch contacts',
    text: `update contacts set last_touch_at = greatest(last_touch_at, coalesce(given.at, last_touch_at)), name = case when contacts.name = '' then coalesce(given.name, '') else contacts.name end, updated_at = now()
      from unnest($1::uuid[], $2::timestamptz[], $3::text[]) as given(id, at, name) where contacts.id = given.id`,
    values: [ids, ids.map((id) => plan.touchedContacts.get(id) ?? null), ids.map((id) => plan.renamedContacts.get(id) ?? null)],
  })
}

async function touchConversations(tx: Transaction, plan: Plan, options: { isSilent: boolean }): Promise<void> {
  const conversations = [...plan.conversationChanges]
  if (conversations.length === 0) return
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
    const { status, reason, entryId } = effect
    Object.assign(outcome, { status, reason, entryId })
    for (const id of changedBy(effect)) changed.add(id)
    if (effect.status === 'waiting') {
      await tx.query(
        'insert into waiting_events (channel_id, key, waits_for, event, delivery_id) values ($1, $2, $3, $4, $5) on conflict do nothing',
        [outcome.channelId, outcome.key, waitsFor(event), JSON.stringify(event), outcome.deliveryId],
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

function externalIdOf(row: Plan['externalIds'][number]): { channelId: string; externalId: string } {
  return { channelId: String(row.channel_id), externalId: String(row.external_id) }
}

/** One row per contact and identity: a batch may strengthen the same link twice. */
function lastOfEach(rows: Plan['contactIdentities']): Plan['contactIdentities'] {
  return [...new Map(rows.map((row) => [`${row.contact_id} ${row.identity_id}`, row])).values()]
}
