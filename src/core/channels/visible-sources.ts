import type { Actor } from '../access/actor.ts'
import type { Queryable } from '../database/pool.ts'
import { CoreError } from '../errors.ts'

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Sees only what came by some of the channels. */
export function isBoundedToSources({ role, kind, ownClientsOnly }: Actor): boolean {
  return ownClientsOnly || (role === 'integrator' && kind === 'user')
}

/**
 * A condition for the `where` of what channels brought, as it came. An integrator who belongs to teams sees what came by the channels of his teams
 * and of no team; "own clients only" sees what came by the channels of his teams; everybody else sees all that his role may see at all.
 * `channelColumn` is SQL that names a channel.
 */
export function visibleSources(actor: Actor, channelColumn: string): string {
  if (!isBoundedToSources(actor)) return 'true'
  if (!uuid.test(actor.id)) return 'false'
  const mine = `select team_id from team_members where user_id = '${actor.id}'::uuid`
  if (actor.ownClientsOnly) return `${channelColumn} in (select id from channels where team_id in (${mine}))`
  return `(not exists (${mine}) or ${channelColumn} in (select id from channels where team_id is null or team_id in (${mine})))`
}

/** Throws `not_found` also when the actor may not see it, so that nobody learns what exists. */
export async function requireSource(db: Queryable, actor: Actor, deliveryId: string): Promise<void> {
  const { rowCount } = await db.query(`select from deliveries d where d.id = $1 and ${visibleSources(actor, 'd.channel_id')}`, [deliveryId])
  if (rowCount === 0) throw new CoreError('not_found', 'There is no such delivery.')
}
