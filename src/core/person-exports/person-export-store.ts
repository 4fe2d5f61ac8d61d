import type { Queryable } from '../database/pool.ts'
import type { PersonExport } from './person-export.ts'

const columns = 'id, contact_id, status, language, size, failure, asked_at, done_at, expires_at'

interface Row {
  id: string
  contact_id: string
  status: PersonExport['status']
  language: PersonExport['language']
  size: string | null
  failure: string | null
  asked_at: Date
  done_at: Date | null
  expires_at: Date
}

function present(row: Row): PersonExport {
  return {
    id: row.id,
    contactId: row.contact_id,
    status: row.expires_at < new Date() ? 'expired' : row.status,
    language: row.language,
    size: row.size === null ? null : Number(row.size),
    failure: row.failure,
    askedAt: row.asked_at.toISOString(),
    doneAt: row.done_at?.toISOString() ?? null,
    expiresAt: row.expires_at.toISOString(),
  }
}

export async function insertPersonExport(
  db: Queryable,
  wanted: { id: string; contactId: string; language: string; actorId: string | null; expiresAt: Date },
): Promise<void> {
  await db.query('insert into person_exports (id, contact_id, language, actor_id, expires_at) values ($1, $2, $3, $4, $5)', [
    wanted.id,
    wanted.contactId,
    wanted.language,
    wanted.actorId,
    wanted.expiresAt,
  ])
}

export async function readPersonExport(db: Queryable, id: string): Promise<PersonExport | undefined> {
  const { rows } = await db.query<Row>(`select ${columns} from person_exports where id = $1`, [id])
  return rows[0] && present(rows[0])
}

export async function listPersonExports(db: Queryable, contactIds: string[]): Promise<PersonExport[]> {
  const { rows } = await db.query<Row>(`select ${columns} from person_exports where contact_id = any($1::uuid[]) order by asked_at desc limit 20`, [
    contactIds,
  ])
  return rows.map(present)
}

export async function notePersonExport(
  db: Queryable,
  id: string,
  result: { status: 'done' | 'failed'; file?: string; size?: number; failure?: string },
): Promise<void> {
  await db.query('update person_exports set status = $2, file = $3, size = $4, failure = $5, done_at = now() where id = $1', [
    id,
    result.status,
    result.file ?? null,
    result.size ?? null,
    result.failure ?? null,
  ])
}

/** Rows whose time is over; their files are to be removed. */
export async function takeExpired(db: Queryable): Promise<string[]> {
  const { rows } = await db.query<{ file: string | null }>('delete from person_exports where expires_at < now() returning file')
  return rows.flatMap((row) => row.file ?? [])
}

/** Everything that is known of a person besides his entries, as it is kept. */
export async function readPerson(db: Queryable, contactIds: string[]): Promise<Record<string, unknown[]>> {
  const parts: Record<string, string> = {
    contacts: 'select id, name, stage, fields, language, created_at, last_touch_at from contacts where id = any($1::uuid[]) order by created_at',
    identities:
      'select i.kind, i.value, ci.raw, ci.evidence, ci.role, ci.since, ci.until from contact_identities ci join identities i on i.id = ci.identity_id where ci.contact_id = any($1::uuid[]) order by ci.since',
    companies: 'select distinct co.name from contacts c join companies co on co.id = c.company_id where c.id = any($1::uuid[])',
    leads:
      'select status, topic, lost_reason, source, first_touch, last_touch, created_at from leads where contact_id = any($1::uuid[]) order by created_at',
    tasks: 'select title, due_at, done_at, created_at from tasks where contact_id = any($1::uuid[]) order by created_at',
    calls:
      'select direction, outcome, from_value, to_value, started_at, answered_at, ended_at, talk_seconds, disposition, note from calls where contact_id = any($1::uuid[]) order by started_at',
    edits: 'select field, before, after, at from contact_edits where contact_id = any($1::uuid[]) order by at',
    optOuts:
      'select o.is_out, o.at, o.word from opt_outs o join contact_identities ci on ci.identity_id = o.identity_id where ci.contact_id = any($1::uuid[])',
  }
  const person: Record<string, unknown[]> = {}
  for (const [name, query] of Object.entries(parts)) person[name] = (await db.query<Record<string, unknown>>(query, [contactIds])).rows
  return person
}

export interface ExportedEntry {
  id: string
  kind: string
  medium: string | null
  direction: string | null
  from: string | null
  to: string | null
  subject: string | null
  text: string
  fields: unknown
  occurredAt: Date
  files: { id: string; name: string; file: string }[] | null
}

const pageSize = 500

/** His timeline, oldest first, in pages. */
export async function* readEntries(db: Queryable, contactIds: string[]): AsyncGenerator<ExportedEntry> {
  for (let after: [Date, string] = [new Date(0), '00000000-0000-0000-0000-000000000000']; ; ) {
    const { rows } = await db.query<ExportedEntry & { sortAt: Date }>(
      `select e.id, e.kind, e.medium, e.direction, e.from_value as "from", e.to_value as "to", e.subject, e.text, e.extra -> 'fields' as fields,
         e.occurred_at as "occurredAt", e.sort_at as "sortAt",
         (select json_agg(json_build_object('id', a.id, 'name', a.name, 'file', a.file) order by a.position, a.id) from attachments a where a.entry_id = e.id and a.file is not null) as files
       from entries e where e.contact_id = any($1::uuid[]) and (e.sort_at, e.id) > ($2, $3) order by e.sort_at, e.id limit ${pageSize}`,
      [contactIds, ...after],
    )
    yield* rows
    const last = rows.at(-1)
    if (!last) return
    after = [last.sortAt, last.id]
  }
}

/** Pictures of the person, with the ending of their kind. */
export async function readPictureFiles(db: Queryable, contactIds: string[]): Promise<{ id: string; file: string; ending: string }[]> {
  const { rows } = await db.query<{ id: string; file: string; ending: string }>(
    `select contact_id as id, file, split_part(type, '/', 2) as ending from contact_pictures where contact_id = any($1::uuid[]) and file is not null`,
    [contactIds],
  )
  return rows
}

export async function readRecordingFiles(db: Queryable, contactIds: string[]): Promise<{ id: string; file: string; at: Date }[]> {
  const { rows } = await db.query<{ id: string; file: string; at: Date }>(
    `select r.id, r.file, c.started_at as at from recordings r join calls c on c.id = r.call_id where c.contact_id = any($1::uuid[]) and r.file is not null order by c.started_at`,
    [contactIds],
  )
  return rows
}
