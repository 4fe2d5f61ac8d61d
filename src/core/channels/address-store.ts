import { newId } from '../database/id.ts'
import type { Queryable, Transaction } from '../database/pool.ts'
import type { Address } from './address.ts'

/** Addresses of channels, in the order of their values. */
export async function readAddresses(db: Queryable, channelIds: readonly string[]): Promise<(Address & { channelId: string })[]> {
  const { rows } = await db.query<Address & { channelId: string }>({
    name: 'addresses of channels',
    text: `select channel_id as "channelId", value, name, source, team_id as "teamId" from addresses where channel_id = any($1::uuid[]) order by channel_id, value`,
    values: [channelIds],
  })
  return rows
}

export async function replaceAddresses(tx: Transaction, channelId: string, addresses: readonly Address[]): Promise<void> {
  await tx.query('delete from addresses where channel_id = $1', [channelId])
  for (const { value, name, source, teamId } of addresses) {
    await tx.query('insert into addresses (id, channel_id, value, name, source, team_id) values ($1, $2, $3, $4, $5, $6)', [
      newId(),
      channelId,
      value,
      name,
      source,
      teamId,
    ])
  }
}

/** True when there is such a channel, and all these teams. */
export async function areChannelAndTeams(tx: Transaction, channelId: string, teamIds: readonly string[]): Promise<boolean> {
  const { rows } = await tx.query<{ known: boolean }>(
    `select exists (select from channels where id = $1 and deleted_at is null) and not exists
       (select from unnest($2::uuid[]) as given(id) where not exists (select from teams t where t.id = given.id)) as known`,
    [channelId, teamIds],
  )
  return rows[0]?.known ?? false
}
