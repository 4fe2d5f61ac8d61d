import type { Queryable } from '../database/pool.ts'
import { actorId } from './actor.ts'
import { type Caller, recordAudit } from './audit.ts'

/** Puts on record that somebody who does not see clients otherwise looked at a delivery: once an hour, however often he looks. */
export async function noteReading(db: Queryable, caller: Caller, deliveryId: string): Promise<void> {
  const { rowCount } = await db.query(
    `select from audit where action = 'delivery.read' and subject = $1 and actor_id is not distinct from $2 and at > now() - interval '1 hour' limit 1`,
    [deliveryId, actorId(caller.actor)],
  )
  if (rowCount === 0) await recordAudit(db, caller, { action: 'delivery.read', subject: deliveryId })
}
