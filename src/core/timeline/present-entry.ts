import type { Queryable } from '../database/pool.ts'
import type { AttachmentView, EntryView } from './entry.ts'

interface EntryRow extends Omit<EntryView, 'occurredAt' | 'receivedAt' | 'deletedAt' | 'editedAt' | 'attachments'> {
  occurredAt: Date
  receivedAt: Date
  deletedAt: Date | null
  editedAt: Date | null
  attachments: Omit<AttachmentView, 'url'>[] | null
}

const query = {
  name: 'present-entries',
  text: `
    select e.id, e.kind, e.medium, e.direction, e.status, e.error, e.channel_id as "channelId", e.conversation_id as "conversationId",
      e.contact_id as "contactId", c.card_id as "cardId", e.author_id as "authorId", e.delivery_id as "deliveryId", e.call_id as "callId",
      e.from_value as "from", e.to_value as "to", e.source, e.occurred_at as "occurredAt", e.received_at as "receivedAt",
      e.subject, e.text, e.html is not null as html, e.match, e.automatic, e.extra, e.deleted_at as "deletedAt",
      (select max(v.at) from entry_versions v where v.entry_id = e.id and v.cause = 'edit') as "editedAt",
      (select json_agg(json_build_object('id', a.id, 'name', a.name, 'type', a.type, 'size', a.size, 'sha256', a.sha256, 'state', a.state,
          'reason', a.reason, 'words', a.words, 'contentId', a.content_id) order by a.position, a.id)
        from attachments a where a.entry_id = e.id) as attachments
    from entries e left join contacts c on c.id = e.contact_id
    where e.id = any($1::uuid[])`,
}

/** Entries in the outside shape, in the order of `ids`; ids that do not exist are left out. One query for all. */
export async function presentEntries(db: Queryable, ids: string[]): Promise<EntryView[]> {
  if (ids.length === 0) return []
  const { rows } = await db.query<EntryRow>(query, [ids])
  const byId = new Map(rows.map((row) => [row.id, present(row)]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

function present(row: EntryRow): EntryView {
  return {
    ...row,
    // What was deleted by its author is no longer shown; its former content stays in the versions.
    text: row.deletedAt ? '' : row.text,
    html: row.html && !row.deletedAt,
    occurredAt: row.occurredAt.toISOString(),
    receivedAt: row.receivedAt.toISOString(),
    deletedAt: row.deletedAt?.toISOString() ?? null,
    editedAt: row.editedAt?.toISOString() ?? null,
    attachments: (row.attachments ?? []).map((attachment) => ({ ...attachment, url: `/api/v1/attachments/${attachment.id}` })),
  }
}
