import { readFirm, saveSetting } from '../access/firm-store.ts'
import type { Queryable } from '../database/pool.ts'
import { type DispositionList, firstDispositions } from './disposition.ts'

/** The firm's list first. */
export async function readDispositions(db: Queryable): Promise<DispositionList[]> {
  const { rows } = await db.query<{ value: DispositionList[] }>(`select value from settings where name = 'dispositions'`)
  const lists = rows[0]?.value ?? []
  const ofFirm = lists.find(({ teamId }) => teamId === null) ?? { teamId: null, names: firstDispositions[(await readFirm(db)).language] }
  return [ofFirm, ...lists.filter(({ teamId }) => teamId !== null)]
}

export async function writeDispositions(db: Queryable, lists: DispositionList[]): Promise<void> {
  await saveSetting(db, 'dispositions', lists)
}

export async function isTeam(db: Queryable, id: string): Promise<boolean> {
  const { rows } = await db.query('select from teams where id = $1', [id])
  return rows.length > 0
}
