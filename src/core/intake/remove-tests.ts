import { type Caller, recordAudit } from '../access/audit.ts'
import { deleteCards, releaseIdentities } from '../contacts/delete-cards.ts'
import type { Pool, Transaction } from '../database/pool.ts'
import { inRetriedTransaction } from '../database/retried-transaction.ts'
import type { Files } from '../files/files.ts'
import { appendLiveEvents } from '../realtime/append-live-events.ts'
import { lockNames } from './apply/lock.ts'
import { type RemovedTest, removedReason } from './test-deliveries.ts'
import * as store from './test-store.ts'

/**
 * Takes what test deliveries made off the cards again: entries, conversations, leads and cards that are theirs alone. A delivery on which a person has
 * built something is left as it is and says why; what others left on a card or a lead stays, and their counts are as if the test had never been. The
 * bytes stay in the log, so that "this was no test" brings everything back.
 */
export async function removeTests(deps: { pool: Pool; files: Files }, caller: Caller, ids: readonly string[]): Promise<RemovedTest[]> {
  const results: RemovedTest[] = []
  for (const id of ids) {
    const { result, files } = await inRetriedTransaction(deps.pool, (tx) => removeOne(tx, id))
    for (const file of files) await deps.files.remove(file)
    results.push(result)
  }
  const removed = results.filter(({ is }) => is === 'removed').map(({ id }) => id)
  const kept = results.filter(({ is }) => is === 'kept').map(({ id, reason }) => ({ id, reason }))
  await recordAudit(deps.pool, caller, { action: 'delivery.tests_removed', detail: { removed, kept } })
  return results
}

async function removeOne(tx: Transaction, id: string): Promise<{ result: RemovedTest; files: string[] }> {
  const nothing = { id, reason: null, entries: 0, leads: 0, contacts: 0, left: [] }
  const delivery = await store.lockTest(tx, id)
  if (!delivery?.test || delivery.removedAt !== null || delivery.status === 'received' || delivery.status === 'held')
    return { result: { ...nothing, is: 'gone_before' }, files: [] }
  const entries = await store.entriesOf(tx, id)
  const cards = [...new Set(entries.flatMap(({ contactId }) => contactId ?? []))].sort()
  await lockNames(tx, await store.lockNamesOf(tx, cards))
  const reason = await store.findHindrance(tx, id, entries)
  if (reason !== null) return { result: { ...nothing, is: 'kept', reason }, files: [] }
  const files = await store.deleteEntries(tx, id, entries)
  const { leads, contacts, left } = await settleCards(tx, delivery, entries)
  await store.settleRemoved(tx, id, removedReason)
  await appendLiveEvents(tx, [
    { type: 'contacts.changed', subjectId: id, payload: { removedTest: id } },
    { type: 'delivery.changed', payload: { deliveries: [{ id, status: 'ignored', reason: removedReason }] } },
  ])
  return { result: { id, is: 'removed', reason: null, entries: entries.length, leads, contacts, left }, files }
}

async function settleCards(
  tx: Transaction,
  delivery: store.TestDelivery,
  entries: store.MadeEntry[],
): Promise<Pick<RemovedTest, 'leads' | 'contacts' | 'left'>> {
  const leads = await store.takeBackLeads(
    tx,
    entries.map(({ id }) => id),
  )
  const cards = [...new Set(entries.flatMap(({ contactId }) => contactId ?? []))]
  const made = await store.cardsOfTests(tx, cards)
  const empty = await store.findEmptyCards(tx, made)
  await store.forgetCards(tx, empty)
  await deleteCards(tx, empty)
  const old = await store.settleOldCards(
    tx,
    delivery,
    cards.filter((id) => !empty.includes(id)),
  )
  await releaseIdentities(tx, old.links)
  const left: RemovedTest['left'] = []
  if (leads.worked > 0) left.push('lead_worked')
  if (empty.length < made.length) left.push('contact_has_more')
  else if (old.used > 0) left.push('address_used')
  return { leads: leads.removed, contacts: empty.length, left }
}
