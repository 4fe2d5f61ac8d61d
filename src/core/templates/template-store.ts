import type { Language } from '../access/user.ts'
import { newId } from '../database/id.ts'
import type { Queryable, Transaction } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import type { TemplateFile, TemplateView } from './template.ts'

const columns = `t.id, t.name, t.subject, t.text, t.language, t.team_id as "teamId", t.updated_at as "updatedAt",
  (select coalesce(json_agg(json_build_object('id', a.id, 'name', a.name, 'type', a.type, 'size', a.size) order by a.position), '[]')
    from attachments a where a.template_id = t.id) as files`
const mostTemplates = 500

/** All templates, by name; with `userId` those of his teams and those of nobody. At most 500. */
export async function selectTemplates(db: Queryable, { userId }: { userId?: string | undefined } = {}): Promise<TemplateView[]> {
  const { rows } = await db.query<TemplateRow>(
    `select ${columns} from templates t where t.deleted_at is null and ($1::uuid is null or t.team_id is null or t.team_id in (select team_id from team_members where user_id = $1))
     order by lower(t.name), t.id limit ${mostTemplates}`,
    [userId ?? null],
  )
  return rows.map(present)
}

/** Throws `not_found`. */
export async function selectTemplate(db: Queryable, id: string): Promise<TemplateView> {
  const { rows } = await db.query<TemplateRow>(`select ${columns} from templates t where t.id = $1 and t.deleted_at is null`, [id])
  const [found] = rows
  if (!found) throw new CoreError('not_found', 'There is no such template.')
  return present(found)
}

type TemplateRow = Omit<TemplateView, 'updatedAt'> & { updatedAt: Date }

function present(row: TemplateRow): TemplateView {
  return { ...row, updatedAt: row.updatedAt.toISOString() }
}

export interface TemplateFields {
  name: string
  subject: string
  text: string
  language: Language | null
  teamId: string | null
}

/** Writes the whole template, new or not. */
export async function saveTemplate(tx: Transaction, id: string, fields: TemplateFields): Promise<void> {
  await tx.query(
    `insert into templates (id, name, subject, text, language, team_id) values ($1, $2, $3, $4, $5, $6)
     on conflict (id) do update set name = excluded.name, subject = excluded.subject, text = excluded.text, language = excluded.language,
       team_id = excluded.team_id, updated_at = now()`,
    [id, fields.name, fields.subject, fields.text, fields.language, fields.teamId],
  )
}

/** The template has exactly these files: its own, or fresh uploads of this user. Throws `invalid_request` for others. */
export async function replaceFiles(tx: Transaction, templateId: string, fileIds: string[], uploadedBy: string | null): Promise<void> {
  await tx.query('delete from attachments where template_id = $1 and not id = any($2::uuid[])', [templateId, fileIds])
  const { rowCount } = await tx.query(
    `update attachments set template_id = $1, position = array_position($2::uuid[], id) - 1
     where id = any($2::uuid[]) and entry_id is null and state = 'ready'
       and (template_id = $1 or (template_id is null and uploaded_by is not distinct from $3))`,
    [templateId, fileIds, uploadedBy],
  )
  if (rowCount !== fileIds.length) throw new CoreError('invalid_request', 'A file is unknown, or part of something else.')
}

export async function markTemplateDeleted(tx: Transaction, id: string): Promise<void> {
  await tx.query('update templates set deleted_at = now() where id = $1', [id])
}

/** Names of rules that send it. */
export async function rulesSending(db: Queryable, templateId: string): Promise<string[]> {
  const { rows } = await db.query<{ name: string }>('select name from rules where template_id = $1 and deleted_at is null order by name', [
    templateId,
  ])
  return rows.map((row) => row.name)
}

/** Copies of a template's files for one message, as uploads of `uploadedBy`: the content itself is kept once. */
export async function copyFiles(db: Queryable, templateId: string, uploadedBy: string | null): Promise<TemplateFile[]> {
  const { rows } = await db.query<TemplateFile & { sha256: string | null; file: string | null }>(
    `select id, name, type, size, sha256, file from attachments where template_id = $1 order by position`,
    [templateId],
  )
  const copies = rows.map((row) => ({ ...row, id: newId() }))
  for (const copy of copies) {
    await db.query('insert into attachments (id, name, type, size, sha256, file, uploaded_by) values ($1, $2, $3, $4, $5, $6, $7)', [
      copy.id,
      copy.name,
      copy.type,
      copy.size,
      copy.sha256,
      copy.file,
      uploadedBy,
    ])
  }
  return copies.map(({ id, name, type, size }) => ({ id, name, type, size }))
}

export interface TemplateSubject {
  contactName: string
  companyName: string | null
  leadTopic: string | null
  firmName: string | null
}

/** What templates say of a client: his card, his newest open lead, our firm. */
export async function readSubject(db: Queryable, contactId: string): Promise<TemplateSubject | undefined> {
  const { rows } = await db.query<TemplateSubject>(
    `select card.name as "contactName", co.name as "companyName",
       (select l.topic from leads l join contacts m on m.id = l.contact_id where m.card_id = card.id and l.topic <> '' order by l.created_at desc, l.id desc limit 1) as "leadTopic",
       (select value ->> 'name' from settings where name = 'firm') as "firmName"
     from contacts asked join contacts card on card.id = asked.card_id left join companies co on co.id = card.company_id where asked.id = $1`,
    [contactId],
  )
  return rows[0]
}
