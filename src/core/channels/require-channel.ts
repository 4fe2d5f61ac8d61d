import type { Actor } from '../access/actor.ts'
import type { Queryable } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import { visibleSources } from './visible-sources.ts'

/** Throws `not_found` also when the actor may not see what came by this channel, so that nobody learns what exists. */
export async function requireChannel(db: Queryable, actor: Actor, channelId: string): Promise<void> {
  const { rowCount } = await db.query(`select from channels c where c.id = $1 and c.deleted_at is null and ${visibleSources(actor, 'c.id')}`, [
    channelId,
  ])
  if (rowCount === 0) throw new CoreError('not_found', 'There is no such channel.')
}
