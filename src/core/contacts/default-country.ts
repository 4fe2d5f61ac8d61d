import { readFirm } from '../access/firm-store.ts'
import type { Queryable } from '../database/pool.ts'

/** The firm's own country (ISO 3166 alpha-2), by which people here write phones without one. */
export async function readDefaultCountry(db: Queryable): Promise<string> {
  return (await readFirm(db)).country
}
