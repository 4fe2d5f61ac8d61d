import type { Queryable } from '../database/pool.ts'
import { type Firm, unnamedFirm } from './firm.ts'

export async function readFirm(db: Queryable): Promise<Firm> {
  const { rows } = await db.query<{ value: Partial<Firm> }>(`select value from settings where name = 'firm'`)
  return { ...unnamedFirm, ...rows[0]?.value }
}

export async function saveFirm(db: Queryable, firm: Firm): Promise<void> {
  await saveSetting(db, 'firm', firm)
}

export async function saveSetting(db: Queryable, name: string, value: unknown): Promise<void> {
  await db.query(
    `insert into settings (name, value, updated_at) values ($1, $2, now())
     on conflict (name) do update set value = excluded.value, updated_at = now()`,
    [name, JSON.stringify(value)],
  )
}
