import { z } from 'zod'
import { decodeCursor, encodeCursor, toPage } from '../database/page-cursor.ts'
import type { Pool } from '../database/pool.ts'

export interface AuditFilter {
  cursor?: string | undefined
  limit: number
  actorId?: string | undefined
  /** Exact, or the part before the dot. */
  action?: string | undefined
  subject?: string | undefined
}

interface AuditRow {
  id: string
  at: Date
  actorId: string | null
  actor: string
  action: string
  subject: string | null
  subjectName: string | null
  detail: unknown
  ip: string | null
}

/** What a card is called now, so that the audit itself holds no name of a client. */
const subjectName = `case when action like 'contact.%' and subject ~ '^[0-9a-f-]{36}$' then
  (select card.name from contacts c join contacts card on card.id = c.card_id where c.id = subject::uuid) end`

/** Newest first. */
export async function listAudit({ pool }: { pool: Pool }, filter: AuditFilter) {
  const [at, id] = filter.cursor ? decodeCursor(filter.cursor, z.tuple([z.iso.datetime(), z.uuid()])) : [null, null]
  const { rows } = await pool.query<AuditRow>(
    `select id, at, actor_id as "actorId", actor, action, subject, detail, ip, ${subjectName} as "subjectName" from audit
     where ($1::timestamptz is null or (at, id) < ($1, $2::uuid))
       and ($3::uuid is null or actor_id = $3)
       and ($4::text is null or action = $4 or action like replace(replace($4, '_', '\\_'), '%', '\\%') || '.%')
       and ($5::text is null or subject = $5)
     order by at desc, id desc limit $6`,
    [at, id, filter.actorId ?? null, filter.action ?? null, filter.subject ?? null, filter.limit + 1],
  )
  const records = rows.map((row) => ({ ...row, at: row.at.toISOString() }))
  return toPage(records, filter.limit, (record) => encodeCursor([record.at, record.id]))
}
