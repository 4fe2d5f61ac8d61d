import type { Queryable, Transaction } from '../database/pool.ts'

export interface FoundDelivery {
  id: string
  channelId: string
  method: string
  path: string
  query: string
  headers: Record<string, string>
  body: Uint8Array
  bodyFile: string | null
  receivedAt: Date
  /** Events of it whose entries are his, and those of others. Events without an entry are in neither. */
  hisKeys: ReadonlySet<string>
  othersKeys: ReadonlySet<string>
}

interface Row {
  id: string
  channel_id: string
  method: string
  path: string
  query: string
  headers: Record<string, string>
  body: Buffer | null
  body_file: string | null
  received_at: Date
  his: string[]
  others: string[]
}

const pageSize = 2_000

/** The bytes as text, each a character, as JavaScript reads them too: half as long as the escaped form. Only text without NUL can be had so. */
const bodyText = `case when position('\\x00'::bytea in d.body) > 0 then encode(d.body, 'escape') else convert_from(d.body, 'LATIN1') end`
const isMentioned = `(${bodyText} ~* $2 or concat_ws(' ', d.path, d.query, d.headers::text, d.dedupe_key) ~* $2)`

/** Deliveries that brought something of his, then any other whose raw bytes mention him, oldest first. Reads every body of the base once. */
export async function* findDeliveries(
  tx: Transaction,
  pattern: string | undefined,
  readFile: (name: string) => Promise<Uint8Array | undefined>,
): AsyncGenerator<FoundDelivery> {
  const his = await selectHis(tx)
  for (const id of his) yield await readFound(tx, id)
  if (pattern === undefined) return
  const expression = new RegExp(pattern, 'i')
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const { rows } = await tx.query<{ id: string; file: string | null; mentions: boolean }>(
      `select d.id, d.body_file as file, coalesce(${isMentioned}, false) as mentions from deliveries d
       where d.id > $1 and (d.body_file is not null or ${isMentioned}) order by d.id limit ${pageSize}`,
      [after, pattern],
    )
    const last = rows.at(-1)
    if (!last) return
    after = last.id
    for (const { id, file, mentions } of rows) {
      if (his.has(id)) continue
      const body = mentions || file === null ? undefined : await readFile(file)
      if (mentions || (body !== undefined && expression.test(Buffer.from(body).toString('latin1')))) yield await readFound(tx, id)
    }
  }
}

/** By way of his entries, in the order in which they came. */
async function selectHis(tx: Transaction): Promise<ReadonlySet<string>> {
  const { rows } = await tx.query<{ id: string }>(
    `select e.delivery_id as id from entries e join erased_entries x on x.id = e.id where e.delivery_id is not null
     union select v.delivery_id from delivery_events v join erased_entries x on x.id = v.entry_id
     order by id`,
  )
  return new Set(rows.map(({ id }) => id))
}

async function readFound(tx: Transaction, id: string): Promise<FoundDelivery> {
  const { rows } = await tx.query<Row>(
    `select id, channel_id, method, path, query, headers, body, body_file, received_at,
       array(select key from delivery_events v where v.delivery_id = d.id and v.entry_id in (select id from erased_entries)) as his,
       array(select key from delivery_events v where v.delivery_id = d.id and v.entry_id is not null and v.entry_id not in (select id from erased_entries)) as others
     from deliveries d where id = $1 for update`,
    [id],
  )
  const [row] = rows
  if (!row) throw new Error(`delivery ${id} is gone`)
  return {
    id: row.id,
    channelId: row.channel_id,
    method: row.method,
    path: row.path,
    query: row.query,
    headers: row.headers,
    body: row.body ?? new Uint8Array(),
    bodyFile: row.body_file,
    receivedAt: row.received_at,
    hisKeys: new Set(row.his),
    othersKeys: new Set(row.others),
  }
}

/** To be deleted with the rows of the register. */
export async function markErased(tx: Transaction, id: string): Promise<void> {
  await tx.query('insert into erased_deliveries values ($1) on conflict do nothing', [id])
}

/** The body moves into the row: its file still holds him. The key of its own repeats no word of his. */
export async function storeRedacted(
  tx: Transaction,
  id: string,
  raw: { body: Uint8Array; sha256: Uint8Array; path: string; query: string; headers: string },
): Promise<void> {
  await tx.query(
    `update deliveries set body = $2, body_file = null, size = length($2::bytea), sha256 = $3, path = $4, query = $5, headers = $6::jsonb, dedupe_key = 'redacted ' || id
     where id = $1`,
    [id, raw.body, raw.sha256, raw.path, raw.query, raw.headers],
  )
}

export async function listReturned(db: Queryable): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(`select id from deliveries where reason = 'erased' and status <> 'received' order by id limit 100`)
  return rows.map((row) => row.id)
}

/** Nothing of the request is left but that something came; of a shared one only what is not his. */
export async function noteForgotten(tx: Transaction, id: string, raw: { body: Uint8Array; sha256: Uint8Array; isShared: boolean }): Promise<void> {
  await tx.query(
    `update deliveries set body = $2, body_file = null, size = length($2::bytea), sha256 = $3, dedupe_key = 'redacted ' || id,
       reason = case when $4 then null else 'forgotten' end, query = case when $4 then query else '' end, path = case when $4 then path else '' end,
       headers = case when $4 then headers else '{}' end where id = $1`,
    [id, raw.body, raw.sha256, raw.isShared],
  )
}
