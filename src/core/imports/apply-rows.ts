import { isPassingFault } from '../database/passing-fault.ts'
import type { Transaction } from '../database/pool.ts'
import { inRetriedTransaction } from '../database/retried-transaction.ts'
import { identityKey } from '../intake/apply/keys.ts'
import { lockNames } from '../intake/apply/lock.ts'
import { appendLiveEvents } from '../realtime/append-live-events.ts'
import { companyKey, Known } from './applying/known.ts'
import { loadKnown } from './applying/load-known.ts'
import { planRow } from './applying/plan-row.ts'
import { writePlans } from './applying/write-plans.ts'
import type { Draft } from './import.ts'
import type { ImportDeps } from './import-deps.ts'
import { type ImportRecord, lockImport, noteProgress, selectRowsToDo, updateImport } from './import-store.ts'
import { readingContext } from './reading-context.ts'
import { type ReadingContext, readDraft } from './recognising/read-draft.ts'

/** Few enough that the locks of their addresses are taken one by one. */
const chunk = 200

/**
 * Makes cards of the rows, chunk by chunk: what a chunk makes and the word that its rows are done are one transaction, so that a worker killed
 * at any moment leaves no row half in and the next one goes on behind it. A chunk that fails is tried row by row; a row that fails is told.
 */
export async function applyRows(deps: ImportDeps, record: ImportRecord): Promise<void> {
  const context = await readingContext(deps.pool, record, deps.firm())
  for (;;) {
    const state = await inRetriedTransaction(deps.pool, (tx) => applyChunk(tx, record.id, context, chunk)).catch((error: unknown) => {
      if (isPassingFault(error)) throw error
      return 'one by one' as const
    })
    if (state === 'stop') return
    if (state === 'one by one' && !(await applyAlone(deps, record.id, context))) return
  }
}

async function applyChunk(tx: Transaction, id: string, context: ReadingContext, size: number): Promise<'on' | 'stop'> {
  const record = await lockImport(tx, id)
  if (record.status !== 'running') return 'stop'
  const rows = await selectRowsToDo(tx, id, size)
  if (rows.length === 0) {
    await finish(tx, record)
    return 'stop'
  }
  const drafts = rows.map(({ cells }) => readDraft(cells, context))
  await lockNames(tx, namesOf(drafts))
  const known = new Known()
  await loadKnown(tx, known, drafts)
  const plans = rows.flatMap(({ number }, index) => {
    const draft = drafts[index]
    return draft ? [planRow(number, draft, known, record.options)] : []
  })
  await writePlans(tx, id, record.actorId, plans)
  await noteProgress(tx, id, record.done + rows.length)
  return 'on'
}

/** Everybody hears once that there are many new cards. */
async function finish(tx: Transaction, record: ImportRecord): Promise<void> {
  await updateImport(tx, record.id, { status: 'done', finishedAt: new Date() })
  await appendLiveEvents(tx, [{ type: 'contacts.changed', subjectId: record.id, payload: { importId: record.id, rows: record.done } }])
}

/** The same names that intake locks, so that a client who writes this very moment gets one card. */
function namesOf(drafts: Draft[]): string[] {
  const names = drafts.flatMap(({ identities, company }) => [
    ...identities.map(({ kind, value }) => `identity ${identityKey(kind, value)}`),
    ...(company ? [`company ${companyKey(company.name)}`] : []),
  ])
  return [...new Set(names)].sort()
}

/** The next row by itself; false when the import was stopped meanwhile. */
async function applyAlone(deps: ImportDeps, id: string, context: ReadingContext): Promise<boolean> {
  try {
    return (await inRetriedTransaction(deps.pool, (tx) => applyChunk(tx, id, context, 1))) === 'on'
  } catch (error) {
    if (isPassingFault(error)) throw error
    await inRetriedTransaction(deps.pool, async (tx) => {
      const record = await lockImport(tx, id)
      const [row] = await selectRowsToDo(tx, id, 1)
      if (!row) return
      await tx.query(`update import_rows set verdict = 'broken', outcome = 'skipped', reasons = $3 where import_id = $1 and number = $2`, [
        id,
        row.number,
        JSON.stringify([{ code: 'not_stored', value: error instanceof Error ? error.message.slice(0, 200) : '' }]),
      ])
      await updateImport(tx, id, { done: record.done + 1 })
    })
    return true
  }
}
