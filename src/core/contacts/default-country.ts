import type { Queryable } from '../database/pool.ts'

const fallback = 'RU'

/** The firm's own country (ISO 3166 alpha-2), by which people here write phones without one. */
export async function readDefaultCountry(db: Queryable): Promise<string> {
  const { rows } = await db.query<{ country: string | null }>({
    name: 'default-country',
    text: `select value->>'country' as country from settings where name = 'firm'`,
  })
  return rows[0]?.country ?? fallback
}
