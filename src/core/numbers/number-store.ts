import { newId } from '../database/id.ts'
import type { Queryable, Transaction } from '../database/pool.ts'
import type { UserNumber } from './number.ts'

export async function readNumbers(db: Queryable, userId?: string): Promise<UserNumber[]> {
  const { rows } = await db.query<UserNumber>(
    `select user_id as "userId", channel_id as "channelId", value from user_numbers where $1::uuid is null or user_id = $1 order by user_id, channel_id nulls first, id`,
    [userId ?? null],
  )
  return rows
}

/** Replaces the numbers of a user. */
export async function replaceNumbers(tx: Transaction, userId: string, numbers: readonly Omit<UserNumber, 'userId'>[]): Promise<void> {
  await tx.query('delete from user_numbers where user_id = $1', [userId])
  for (const { channelId, value } of numbers) {
    await tx.query('insert into user_numbers (id, user_id, channel_id, value) values ($1, $2, $3, $4)', [newId(), userId, channelId, value])
  }
}

/** Names of colleagues who have one of these numbers where it would be his too. Takes a lock, so that two do not get one number at once. */
export async function holdersOf(
  tx: Transaction,
  userId: string,
  numbers: readonly Omit<UserNumber, 'userId'>[],
): Promise<{ name: string; value: string }[]> {
  await tx.query(`select pg_advisory_xact_lock(hashtext('user numbers'))`)
  const { rows } = await tx.query<{ name: string; value: string }>(
    `select u.name, n.value from unnest($2::uuid[], $3::text[]) as given(channel_id, value)
     join user_numbers n on n.value = given.value and n.user_id <> $1 and n.channel_id is not distinct from given.channel_id
     join users u on u.id = n.user_id where u.disabled_at is null order by u.name`,
    [userId, numbers.map(({ channelId }) => channelId), numbers.map(({ value }) => value)],
  )
  return rows
}

/** True when there is such a user, and all these channels. */
export async function areKnown(tx: Transaction, userId: string, channelIds: readonly string[]): Promise<boolean> {
  const { rows } = await tx.query<{ known: boolean }>(
    `select exists (select from users where id = $1) and not exists
       (select from unnest($2::uuid[]) as given(id) where not exists (select from channels c where c.id = given.id and c.deleted_at is null)) as known`,
    [userId, channelIds],
  )
  return rows[0]?.known ?? false
}
