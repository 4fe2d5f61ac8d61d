import { readFirm, saveSetting } from '../access/firm-store.ts'
import type { Queryable } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
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

const words = { en: 'This result is on no list any more: choose another.', ru: 'Такого результата больше нет в списках: выберите другой.' }

/** Throws `unknown_disposition` for what is on no list, of the firm or of a team. */
export async function requireDisposition(db: Queryable, name: string): Promise<void> {
  const lists = await readDispositions(db)
  if (!lists.some(({ names }) => names.includes(name))) throw new CoreError('unknown_disposition', `"${name}" is on no list of the firm.`, { words })
}
