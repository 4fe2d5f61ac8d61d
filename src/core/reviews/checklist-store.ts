import { readFirm, saveSetting } from '../access/firm-store.ts'
import type { Queryable } from '../database/pool.ts'
import { type Checklist, firstChecklist } from './review.ts'

export async function readChecklist(db: Queryable): Promise<Checklist> {
  const { rows } = await db.query<{ value: Checklist }>(`select value from settings where name = 'checklist'`)
  return rows[0]?.value ?? firstChecklist((await readFirm(db)).language)
}

export async function writeChecklist(db: Queryable, checklist: Checklist): Promise<void> {
  await saveSetting(db, 'checklist', checklist)
}
