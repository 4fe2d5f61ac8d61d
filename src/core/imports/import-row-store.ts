import type { Queryable } from '../database/pool.ts'
import type { ImportView, Outcome, Reason, Verdict } from './import.ts'

export interface ImportRowRecord {
  number: number
  cells: string[]
  verdict: Verdict | null
  reasons: Reason[]
  outcome: Outcome | null
  /** The card that it made or matched. */
  contactId: string | null
  undone: string | null
}

export interface RowFilter {
  verdict?: Verdict | undefined
  outcome?: Outcome | undefined
  /** Those that stay after an undoing. */
  kept?: boolean | undefined
}

export async function selectRows(
  db: Queryable,
  importId: string,
  filter: RowFilter,
  page: { after: number; limit: number },
): Promise<ImportRowRecord[]> {
  const { rows } = await db.query<ImportRowRecord>(
    `select number, cells, verdict, reasons, outcome, made->>'contactId' as "contactId", undone from import_rows
     where import_id = $1 and number > $2 and ($3::text is null or verdict = $3) and ($4::text is null or outcome = $4)
       and ($5::boolean is null or (undone is not null and undone not in ('gone', 'restored')) = $5)
     order by number limit $6`,
    [importId, page.after, filter.verdict ?? null, filter.outcome ?? null, filter.kept ?? null, page.limit],
  )
  return rows
}

/** How many rows are what, of several imports at once. */
export async function countRows(db: Queryable, importIds: string[]): Promise<Map<string, ImportView['counts']>> {
  const { rows } = await db.query<{ id: string; verdict: Verdict | null; outcome: Outcome | null; undone: string | null; count: number }>(
    `select import_id as id, verdict, outcome, case when undone in ('gone', 'restored') then undone when undone is not null then 'kept' end as undone, count(*)::int as count
     from import_rows where import_id = any($1) group by 1, 2, 3, 4`,
    [importIds],
  )
  const counts = new Map(importIds.map((id) => [id, { verdicts: {}, outcomes: {}, gone: 0, restored: 0, kept: 0 } as ImportView['counts']]))
  for (const { id, verdict, outcome, undone, count } of rows) {
    const of = counts.get(id)
    if (!of) continue
    if (verdict) of.verdicts[verdict] = (of.verdicts[verdict] ?? 0) + count
    if (outcome) of.outcomes[outcome] = (of.outcomes[outcome] ?? 0) + count
    if (undone === 'gone' || undone === 'restored' || undone === 'kept') of[undone] += count
  }
  return counts
}
