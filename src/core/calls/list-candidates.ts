import type { Actor } from '../access/actor.ts'
import { readAddresses } from '../channels/address-store.ts'
import type { Pool } from '../database/pool.ts'
import { type Candidate, phoneOfCall, selectCandidates } from './candidate-store.ts'
import { readCall } from './list-calls.ts'

export interface Candidates {
  /** What is behind the number dialled. */
  address: { name: string | null; source: string | null } | null
  items: Candidate[]
}

/** Whose call it may be: everything that stands on the ringing card. Throws `not_found`. */
export async function listCandidates({ pool }: { pool: Pool }, actor: Actor, id: string): Promise<Candidates> {
  const call = await readCall({ pool }, actor, id)
  const [number, addresses] = await Promise.all([phoneOfCall(pool, id), readAddresses(pool, [call.channelId])])
  const dialled = addresses.find(({ value }) => value === call.dialled)
  const items = await selectCandidates(pool, actor, call, number)
  return { address: dialled ? { name: dialled.name, source: dialled.source } : null, items }
}
