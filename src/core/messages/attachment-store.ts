import type { Localised } from '../connector/manifest.ts'
import type { Queryable, Transaction } from '../database/pool.ts'

export interface ExpectedAttachment {
  id: string
  entryId: string
  channelId: string
  ref: string
  name: string
  type: string
  createdAt: Date
}

/** An attachment whose content the vendor still has; undefined when it was fetched, or given up, before. */
export async function readExpected(db: Queryable, id: string): Promise<ExpectedAttachment | undefined> {
  const { rows } = await db.query<ExpectedAttachment>(
    `select a.id, a.entry_id as "entryId", e.channel_id as "channelId", a.ref, a.name, a.type, a.created_at as "createdAt"
     from attachments a join entries e on e.id = a.entry_id where a.id = $1 and a.state = 'expected' and a.ref is not null and e.channel_id is not null`,
    [id],
  )
  return rows[0]
}

/** Oldest first. */
export async function readExpectedIds(db: Queryable, page: { limit: number; newerThanMs: number | undefined }): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select id from attachments where state = 'expected' and created_at > coalesce(now() - make_interval(secs => $2::float8 / 1000), '-infinity')
     order by created_at limit $1`,
    [page.limit, page.newerThanMs ?? null],
  )
  return rows.map((row) => row.id)
}

export interface FetchedContent {
  name: string
  type: string
  size: number
  sha256: string
  file: string
}

/** False when another job was first. */
export async function writeFetched(tx: Transaction, id: string, content: FetchedContent): Promise<boolean> {
  const result = await tx.query(
    `update attachments set state = 'ready', reason = null, words = null, name = $2, type = $3, size = $4, sha256 = $5, file = $6 where id = $1 and state = 'expected'`,
    [id, content.name, content.type, content.size, content.sha256, content.file],
  )
  return result.rowCount === 1
}

export async function writeMissing(tx: Transaction, id: string, reason: string, words: Localised | undefined): Promise<boolean> {
  const result = await tx.query(`update attachments set state = 'missing', reason = $2, words = $3 where id = $1 and state = 'expected'`, [
    id,
    reason,
    words ? JSON.stringify(words) : null,
  ])
  return result.rowCount === 1
}
