import type { Queryable } from '../database/pool.ts'
import { CoreError } from '../errors.ts'

export interface StoredAttachment {
  id: string
  entryId: string | null
  contactId: string | null
  name: string
  type: string
  size: number | null
  sha256: string | null
  /** Name in file storage; null until fetched. */
  file: string | null
  state: 'ready' | 'expected' | 'missing'
  reason: string | null
  contentId: string | null
  uploadedBy: string | null
}

const columns = `a.id, a.entry_id as "entryId", e.contact_id as "contactId", a.name, a.type, a.size, a.sha256, a.file, a.state, a.reason,
  a.content_id as "contentId", a.uploaded_by as "uploadedBy"`

/** Throws `not_found`. */
export async function selectAttachment(db: Queryable, id: string): Promise<StoredAttachment> {
  const { rows } = await db.query<StoredAttachment>(`select ${columns} from attachments a left join entries e on e.id = a.entry_id where a.id = $1`, [
    id,
  ])
  const [found] = rows
  if (!found) throw new CoreError('not_found', 'There is no such file.')
  return found
}

/** The HTML of a letter as it came: to be sanitised before anybody sees it. */
export async function selectLetter(db: Queryable, entryId: string): Promise<string> {
  const { rows } = await db.query<{ html: string | null }>('select html from entries where id = $1', [entryId])
  return rows[0]?.html ?? ''
}

/** The images that a letter shows inline, with their sizes in bytes. */
export async function selectInlineImages(db: Queryable, entryId: string): Promise<StoredAttachment[]> {
  const { rows } = await db.query<StoredAttachment>(
    `select ${columns} from attachments a join entries e on e.id = a.entry_id
     where a.entry_id = $1 and a.content_id is not null and a.file is not null order by a.position`,
    [entryId],
  )
  return rows
}

export async function insertUpload(
  db: Queryable,
  upload: { id: string; name: string; type: string; size: number; sha256: string; file: string; uploadedBy: string | null },
): Promise<void> {
  await db.query('insert into attachments (id, name, type, size, sha256, file, uploaded_by) values ($1, $2, $3, $4, $5, $6, $7)', [
    upload.id,
    upload.name,
    upload.type,
    upload.size,
    upload.sha256,
    upload.file,
    upload.uploadedBy,
  ])
}

/** Deletes at most `limit` uploads that are a day old and belong to nothing; gives the names of their contents. */
export async function deleteUnsentUploads(db: Queryable, limit: number): Promise<(string | null)[]> {
  const { rows } = await db.query<{ file: string | null }>(
    `delete from attachments where id in (select id from attachments where entry_id is null and template_id is null
       and not exists (select from scheduled_messages s where attachments.id = any(s.attachment_ids) and s.state in ('scheduled', 'held'))
       and created_at < now() - interval '24 hours' limit $1 for update skip locked)
     returning case when not exists (select from attachments o where o.file = attachments.file and o.file like 'uploads/%' and o.id <> attachments.id) then file end as file`,
    [limit],
  )
  return rows.map(({ file }) => file)
}
