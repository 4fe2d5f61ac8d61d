import { type Caller, recordAudit } from '../access/audit.ts'
import { inTransaction, type Pool } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import type { DispositionList } from './disposition.ts'
import { isTeam, readDispositions, writeDispositions } from './disposition-store.ts'

/** Replaces the list of a team or of the firm; an empty one of a team is taken away. Gives all lists. Throws `not_found` for a team. */
export async function saveDispositions({ pool }: { pool: Pool }, list: DispositionList, caller: Caller): Promise<DispositionList[]> {
  return await inTransaction(pool, async (tx) => {
    if (list.teamId !== null && !(await isTeam(tx, list.teamId))) throw new CoreError('not_found', 'There is no such team.')
    const others = (await readDispositions(tx)).filter(({ teamId }) => teamId !== list.teamId)
    const names = [...new Set(list.names.map((name) => name.replaceAll('\u0000', '')))]
    const next = names.length === 0 && list.teamId !== null ? others : [...others, { teamId: list.teamId, names }]
    await writeDispositions(tx, next)
    await recordAudit(tx, caller, { action: 'dispositions.changed', ...(list.teamId && { subject: list.teamId }), detail: { names } })
    return await readDispositions(tx)
  })
}
