import type { Queryable, Transaction } from '../database/pool.ts'

/** How long a picture that was fetched, or could not be had, is left alone. */
const restDays = 30

export interface ToldPicture {
  contactId: string
  channelId: string
  /** What `fetchMedia` needs. */
  ref: string
}

/** Notes where pictures of people can be had: to be fetched when there is none yet, or the known one is a month old. */
export async function notePictures(tx: Transaction, told: ToldPicture[]): Promise<void> {
  if (told.length === 0) return
  await tx.query({
    name: 'note pictures',
    text: `insert into contact_pictures (contact_id, channel_id, ref) select * from unnest($1::uuid[], $2::uuid[], $3::text[])
      on conflict (contact_id) do update set channel_id = excluded.channel_id, ref = excluded.ref, state = 'expected', attempts = 0,
        next_attempt_at = now(), told_at = now()
      where contact_pictures.told_at < now() - interval '${restDays} days'`,
    values: [told.map(({ contactId }) => contactId), told.map(({ channelId }) => channelId), told.map(({ ref }) => ref)],
  })
}

export interface DuePicture extends ToldPicture {
  attempts: number
}

/** Takes pictures that are to be fetched now, each for five minutes and this process alone. */
export async function claimPictures(db: Queryable, limit: number): Promise<DuePicture[]> {
  const { rows } = await db.query<DuePicture>(
    `update contact_pictures set attempts = attempts + 1, next_attempt_at = now() + interval '5 minutes'
     where contact_id in (select contact_id from contact_pictures where state = 'expected' and next_attempt_at <= now()
       order by next_attempt_at limit $1 for update skip locked)
     returning contact_id as "contactId", channel_id as "channelId", ref, attempts`,
    [limit],
  )
  return rows
}

export interface FetchedPicture {
  type: string
  size: number
  sha256: string
  file: string
}

/** False when the person is gone meanwhile. */
export async function writePicture(tx: Transaction, contactId: string, picture: FetchedPicture): Promise<boolean> {
  const result = await tx.query(
    `update contact_pictures set state = 'ready', type = $2, size = $3, sha256 = $4, file = $5 where contact_id = $1 and state = 'expected'`,
    [contactId, picture.type, picture.size, picture.sha256, picture.file],
  )
  return result.rowCount === 1
}

/** An older picture stays when a newer one cannot be had. */
export async function giveUpPicture(db: Queryable, contactId: string): Promise<void> {
  await db.query(`update contact_pictures set state = case when file is null then 'missing' else 'ready' end where contact_id = $1`, [contactId])
}

export async function retryPicture(db: Queryable, contactId: string, waitMs: number): Promise<void> {
  await db.query(`update contact_pictures set next_attempt_at = now() + make_interval(secs => $2::float8 / 1000) where contact_id = $1`, [
    contactId,
    waitMs,
  ])
}

export async function selectPicture(db: Queryable, contactId: string): Promise<FetchedPicture | undefined> {
  const { rows } = await db.query<FetchedPicture>(
    'select type, size, sha256, file from contact_pictures where contact_id = $1 and file is not null',
    [contactId],
  )
  return rows[0]
}
