import { newId } from '../database/id.ts'
import type { Queryable } from '../database/pool.ts'
import { type Actor, actorId } from './actor.ts'

/** Who asked, and from where: what every audited use case is told. */
export interface Caller {
  actor: Actor
  /** Address of the caller; absent for the hub itself. */
  ip?: string | undefined
}

export interface AuditEvent {
  /** `user.created`, `channel.deleted` …: noun, dot, past tense. */
  action: string
  subject?: string
  /** No secrets. */
  detail?: object
}

/** In the transaction of what is recorded, where there is one. */
export async function recordAudit(db: Queryable, { actor, ip }: Caller, event: AuditEvent): Promise<void> {
  const detail = event.detail ? JSON.stringify(event.detail) : null
  await db.query('insert into audit (id, actor_id, actor, action, subject, detail, ip) values ($1, $2, $3, $4, $5, $6, $7)', [
    newId(),
    actorId(actor),
    actor.kind,
    event.action,
    event.subject ?? null,
    detail,
    ip ?? null,
  ])
}
