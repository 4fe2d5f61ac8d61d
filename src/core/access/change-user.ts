import { inTransaction, type Transaction } from '../database/pool.ts'
import { appendLiveEvents } from '../realtime/append-live-events.ts'
import type { AccessDeps } from './access-deps.ts'
import { type AuditEvent, type Caller, recordAudit } from './audit.ts'
import type { UserView } from './user.ts'
import { readUser } from './user-store.ts'

/** NOTIFY channel whose payload is the id of a user or key whose rights changed: its sockets are asked again who they are. */
export const accessTopic = 'access_changed'

/** Runs one change of a user with its audit record, the word to consoles, and the word to his open sockets, all in one transaction. */
export async function changeUser(
  deps: AccessDeps,
  caller: Caller,
  change: (tx: Transaction) => Promise<{ id: string } & AuditEvent>,
): Promise<UserView> {
  const id = await inTransaction(deps.pool, async (tx) => {
    const { id, ...event } = await change(tx)
    await recordAudit(tx, caller, { subject: id, ...event })
    await appendLiveEvents(tx, [{ type: 'user.changed', subjectId: id, payload: { id } }])
    await tx.query('select pg_notify($1, $2)', [accessTopic, id])
    return id
  })
  return await readUser(deps, id)
}
