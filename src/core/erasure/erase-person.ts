import type { ChannelDirectory } from '../channels/channel-directory.ts'
import type { Vault } from '../channels/vault.ts'
import { lockMerging } from '../contacts/merge-store.ts'
import { inTransaction, type Pool, type Transaction } from '../database/pool.ts'
import type { Files } from '../files/files.ts'
import { identityKey } from '../intake/apply/keys.ts'
import { lockNames } from '../intake/apply/lock.ts'
import { appendLiveEvents } from '../realtime/append-live-events.ts'
import { eraseDeliveries } from './erase-deliveries.ts'
import type { Certificate } from './erasure.ts'
import {
  clearAudit,
  deleteRefusals,
  deleteRows,
  findMentions,
  gatherPerson,
  insertTombstones,
  noteErasure,
  onlyUnnamed,
  readAddressesOf,
  readErasedNames,
  readErasure,
  rewriteMention,
  takeTables,
} from './erasure-store.ts'
import { writeJournal } from './journal.ts'
import { type ErasedIdentity, patternOf, scrubbed } from './needles.ts'
import { personalData } from './personal-data.ts'
import { tombstoneOf } from './tombstone.ts'
import { wipeTraces } from './wipe-traces.ts'

export interface EraseDeps {
  pool: Pool
  vault: Vault
  files: Files
  channels: ChannelDirectory
  /** Where the journal of erasures is kept beside the backups; absent: in the storage alone. */
  backupFolder?: string | undefined
}

/**
 * Carries out an erasure that was asked for: all rows of the person's cards, his part of raw deliveries, files that nobody else has, his addresses
 * in what others wrote. One transaction; files go after it, from a list that outlives a crash. Doing it again does nothing more.
 */
export async function erasePerson(deps: EraseDeps, id: string): Promise<void> {
  const erasure = await readErasure(deps.pool, id)
  if (!erasure) return
  if (erasure.status !== 'done') {
    await noteErasure(deps.pool, id, { status: 'running' })
    await inTransaction(deps.pool, (tx) => eraseRows(deps, tx, { id, contactIds: erasure.contactIds, askedAt: erasure.askedAt }))
  }
  const { pendingFiles = [] } = (await readErasure(deps.pool, id)) ?? {}
  for (const file of pendingFiles) await deps.files.remove(file)
  await wipeTraces(deps.pool)
  await noteErasure(deps.pool, id, { status: 'done', pendingFiles: [] })
}

interface Asked {
  id: string
  contactIds: string[]
  askedAt: string
}

async function eraseRows(deps: EraseDeps, tx: Transaction, { id, contactIds, askedAt }: Asked): Promise<void> {
  await lockMerging(tx)
  if ((await readErasure(tx, id))?.status === 'done') return
  // First: what is being applied of him at this moment is gathered with the rest, and what comes behind finds nobody.
  await lockNames(tx, (await readAddressesOf(tx, contactIds)).map(({ kind, value }) => `identity ${identityKey(kind, value)}`).sort())
  const { identities, shared } = await gatherPerson(tx, contactIds)
  const pattern = patternOf(identities)
  const raw = await eraseDeliveries(deps, tx, pattern)
  const names = await readErasedNames(tx)
  const hashes = names.map((name) => tombstoneOf(deps.vault, name.kind, name.channelId, name.key))
  await insertTombstones(tx, id, hashes)
  const uploads = await takeTables(tx, pattern)
  const audited = await clearAudit(tx)
  const deleted = await deleteAll(tx)
  const redacted = await redactMentions(tx, identities, pattern)
  if (audited > 0) redacted.audit = (redacted.audit ?? 0) + audited
  const files = [...(await onlyUnnamed(tx, [...deleted.files, ...raw.files], personalData)), ...uploads]
  const certificate: Certificate = {
    removed: deleted.counts,
    redacted,
    deliveries: raw.counts,
    files: files.length,
    sharedIdentities: shared,
    tombstones: hashes.length,
  }
  await noteErasure(tx, id, { status: 'done', certificate, pendingFiles: files })
  await appendLiveEvents(
    tx,
    contactIds.map((contactId) => ({ type: 'contact.changed', contactId, subjectId: contactId, payload: { id: contactId, erased: true } })),
  )
  await writeJournal(deps, { id, askedAt, contactIds, hashes, certificate })
}

async function deleteAll(tx: Transaction): Promise<{ counts: Record<string, number>; files: string[] }> {
  const counts: Record<string, number> = {}
  const files: string[] = []
  for (const rule of personalData) {
    const deleted = await deleteRows(tx, rule)
    if (deleted.count > 0) counts[rule.table] = deleted.count
    files.push(...deleted.files)
  }
  return { counts, files }
}

async function redactMentions(tx: Transaction, identities: ErasedIdentity[], pattern: string | undefined): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  if (pattern === undefined || identities.length === 0) return counts
  const expression = new RegExp(pattern, 'gi')
  const refused = await deleteRefusals(tx, pattern)
  if (refused > 0) counts.refusals = refused
  for (const rule of personalData) {
    for (const mention of await findMentions(tx, rule, pattern)) {
      const values = scrubbed(mention.values, expression)
      if (!Array.isArray(values)) continue
      await rewriteMention(tx, rule, { ...mention, values })
      counts[rule.table] = (counts[rule.table] ?? 0) + 1
    }
  }
  return counts
}
