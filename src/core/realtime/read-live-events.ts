import type { Queryable } from '../database/pool.ts'
import { CursorExpired, formatCursor, type LiveEventType, type LiveItem, type Place, parseCursor } from './live-event.ts'

interface LiveRow {
  id: string
  transaction_id: string
  type: LiveEventType
  at: Date
  contact_id: string | null
  conversation_id: string | null
  channel_id: string | null
  subject_id: string | null
  payload: object
}

/** As the page was read: the place below which events were pruned, and the first transaction number nobody has. */
interface Stream {
  floor: string | null
  next: string
}

/**
 * SQL: the oldest transaction that is still open and may yet append to this stream; all below it are committed or never will write here. Left
 * out are those known to write elsewhere (another database of the same server, autovacuum, prepared ones): one that cannot be placed counts as ours.
 * `backend_xid` is cut to 32 bits (PostgreSQL, "The Cumulative Statistics System"); among open transactions that is still unique.
 */
const oldestOpen = `(select coalesce(min(open_id), pg_snapshot_xmax(pg_current_snapshot()))::text::bigint
  from pg_snapshot_xip(pg_current_snapshot()) as open_id
  where not exists (select from pg_stat_activity a where a.backend_xid = open_id::xid
      and (a.datid <> (select oid from pg_database where datname = current_database()) or a.backend_type = 'autovacuum worker'))
    and not exists (select from pg_prepared_xacts p where p.transaction = open_id::xid))`

/** A place behind everything that is committed and can no longer be preceded by anything: where a new console begins. */
export async function currentCursor(db: Queryable): Promise<string> {
  const { rows } = await db.query<{ oldest: string }>(`select ${oldestOpen} as oldest`)
  return formatCursor({ transactionId: BigInt(rows[0]?.oldest ?? 0), id: 0n })
}

/**
 * One page of the live stream behind `after` (absent: from the oldest kept), at most `limit` items. PostgreSQL ids commit out of order, so
 * rows are read in the order of transactions and only below the oldest of ours that is still open: nothing is passed over, nothing is seen twice.
 * @throws CursorExpired when items behind `after` may have been pruned, or it comes from another database
 */
export async function readLiveEvents(
  db: Queryable,
  page: { after?: string | undefined; limit: number },
): Promise<{ items: LiveItem[]; cursor: string }> {
  const after = page.after === undefined ? { transactionId: 0n, id: 0n } : parseCursor(page.after)
  const { rows } = await db.query<Stream & (LiveRow | { id: null })>({
    name: 'read live events',
    text: `select stream.floor, stream.next, page.* from
        (select (select value ->> 'cursor' from settings where name = 'live_events_floor') as floor, pg_snapshot_xmax(pg_current_snapshot())::text as next) as stream
      left join (select id, transaction_id, type, at, contact_id, conversation_id, channel_id, subject_id, payload from live_events
        where (transaction_id, id) > ($1::bigint, $2::bigint) and transaction_id < ${oldestOpen}
        order by transaction_id, id limit $3) as page on true
      order by page.transaction_id, page.id`,
    values: [after.transactionId.toString(), after.id.toString(), page.limit],
  })
  if (page.after !== undefined && rows[0]) refuseExpired(page.after, after, rows[0])
  const items = rows.flatMap((row) => (row.id === null ? [] : [presentLiveEvent(row)]))
  return { items, cursor: items.at(-1)?.cursor ?? formatCursor(after) }
}

/** True when something committed still hides behind an older open transaction: look again soon. */
export async function isHeldBack(db: Queryable): Promise<boolean> {
  const { rows } = await db.query<{ held: boolean }>({
    name: 'live events held back',
    text: `select (select transaction_id from live_events order by transaction_id desc, id desc limit 1) >= ${oldestOpen} as held`,
  })
  return rows[0]?.held ?? false
}

function refuseExpired(cursor: string, after: Place, { floor, next }: Stream): void {
  const lowest = floor === null ? undefined : parseCursor(floor)
  const isBelowFloor =
    lowest !== undefined && (after.transactionId < lowest.transactionId || (after.transactionId === lowest.transactionId && after.id < lowest.id))
  if (isBelowFloor || after.transactionId > BigInt(next)) throw new CursorExpired(cursor)
}

function presentLiveEvent(row: LiveRow): LiveItem {
  return {
    cursor: `${row.transaction_id}.${row.id}`,
    type: row.type,
    at: row.at.toISOString(),
    contactId: row.contact_id,
    conversationId: row.conversation_id,
    channelId: row.channel_id,
    subjectId: row.subject_id,
    payload: row.payload,
  }
}
