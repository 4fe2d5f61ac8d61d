import { isDeepStrictEqual } from 'node:util'
import type { EditableContact } from '../contacts/contact-store.ts'
import { deleteCards } from '../contacts/delete-cards.ts'
import { newId } from '../database/id.ts'
import type { Transaction } from '../database/pool.ts'
import { inRetriedTransaction } from '../database/retried-transaction.ts'
import { appendLiveEvents } from '../realtime/append-live-events.ts'
import { applyEdits } from './applying/write-plans.ts'
import type { ImportDeps } from './import-deps.ts'
import { countFileRows, type ImportRecord, lockImport, noteProgress, updateImport } from './import-store.ts'
import {
  deleteUnusedCompanies,
  endImportedLinks,
  findHanging,
  lockContacts,
  markUndone,
  restoreCompanies,
  selectRowsToUndo,
  type UndoneRow,
} from './undo-store.ts'

const chunk = 200

/**
 * Takes an import back, the last row first: what it changed on cards that were there is put back unless somebody changed it since; cards that it
 * made go, unless something hangs on them. Each row says what became of it. A worker killed in the middle is followed by the next.
 */
export async function undoRows({ pool }: ImportDeps, record: ImportRecord): Promise<void> {
  while ((await inRetriedTransaction(pool, (tx) => undoChunk(tx, record.id))) === 'on');
}

async function undoChunk(tx: Transaction, id: string): Promise<'on' | 'stop'> {
  const record = await lockImport(tx, id)
  if (record.status !== 'undoing') return 'stop'
  const rows = await selectRowsToUndo(tx, id, chunk)
  if (rows.length === 0) {
    await finish(tx, record)
    return 'stop'
  }
  const results = new Map<number, string>()
  const restored = await restoreCards(tx, record, rows)
  for (const [number, result] of restored) results.set(number, result)
  const made = rows.filter(({ made: { isNew } }) => isNew)
  const hanging = await findHanging(tx, id, made)
  const gone = made.filter(({ number }) => !hanging.has(number))
  await deleteCards(
    tx,
    gone.flatMap(({ made }) => made.contactId ?? []),
  )
  for (const { number } of made) results.set(number, hanging.get(number) ?? 'gone')
  for (const { number, made: one } of rows) if (one.contactId === null) results.set(number, one.isNewCompany ? 'gone' : 'restored')
  await restoreCompanies(tx, rows)
  await markUndone(tx, id, results)
  await noteProgress(tx, id, record.done + rows.length)
  return 'on'
}

/** Fields and addresses of cards that were there before. */
async function restoreCards(tx: Transaction, record: ImportRecord, rows: UndoneRow[]): Promise<Map<number, string>> {
  const matched = rows.filter(({ made }) => !made.isNew && made.contactId !== null)
  const contacts = await lockContacts(
    tx,
    matched.map(({ made }) => made.contactId),
  )
  const edits: { id: string; contactId: string; field: string; before: unknown; after: unknown }[] = []
  const results = new Map<number, string>()
  for (const { number, made } of matched) {
    const contact = contacts.get(made.contactId ?? '')
    results.set(number, contact ? 'restored' : 'card_gone')
    for (const { field, before, after } of contact ? made.changes : []) {
      if (!contact || !isDeepStrictEqual(fieldOf(contact, field), after)) {
        results.set(number, 'changed_since')
        continue
      }
      setValue(contact, field, before)
      edits.push({ id: newId(), contactId: contact.id, field, before: after, after: before })
    }
  }
  if (edits.length > 0) {
    await applyEdits(tx, edits)
    await tx.query(
      `insert into contact_edits (id, contact_id, field, before, after, actor_id, import_id)
       select e.id, e."contactId", e.field, e.before, e.after, $2, $3 from json_to_recordset($1::json) as e (id uuid, "contactId" uuid, field text, before jsonb, after jsonb)`,
      [JSON.stringify(edits), record.actorId, record.id],
    )
  }
  const links = matched.flatMap(({ number, made }) => made.identityIds.map((identityId) => ({ number, contactId: made.contactId, identityId })))
  for (const number of await endImportedLinks(tx, links)) if (results.get(number) === 'restored') results.set(number, 'address_used')
  return results
}

function fieldOf(contact: EditableContact, field: string): unknown {
  if (field.startsWith('fields.')) return contact.fields[field.slice('fields.'.length)] ?? null
  return new Map<string, unknown>(Object.entries(contact)).get(field) ?? null
}

function setValue(contact: EditableContact, field: string, value: unknown): void {
  if (field.startsWith('fields.')) contact.fields = { ...contact.fields, [field.slice('fields.'.length)]: value }
  else Object.assign(contact, { [field]: value })
}

async function finish(tx: Transaction, record: ImportRecord): Promise<void> {
  await deleteUnusedCompanies(tx, record.id)
  await updateImport(tx, record.id, { status: 'undone', total: await countFileRows(tx, record.id) })
  await appendLiveEvents(tx, [{ type: 'contacts.changed', subjectId: record.id, payload: { importId: record.id, rows: record.done } }])
}
