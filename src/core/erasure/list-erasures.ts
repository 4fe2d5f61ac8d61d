import type { Pool } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import type { Erasure } from './erasure.ts'
import { listErasureRows, readErasure, type StoredErasure } from './erasure-store.ts'

/** Newest first. */
export async function listErasures(deps: { pool: Pool }, limit: number): Promise<{ items: Erasure[] }> {
  return { items: (await listErasureRows(deps.pool, limit)).map(shown) }
}

/** @throws CoreError `not_found` */
export async function getErasure(deps: { pool: Pool }, id: string): Promise<Erasure> {
  const found = await readErasure(deps.pool, id)
  if (!found) throw new CoreError('not_found')
  return shown(found)
}

function shown({ id, status, askedAt, doneAt, actorId, certificate, failure }: StoredErasure): Erasure {
  return { id, status, askedAt, doneAt, actorId, certificate, failure }
}
