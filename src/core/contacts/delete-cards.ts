import type { Transaction } from '../database/pool.ts'

/** Cards with all that is theirs alone; their addresses go when nobody else has them, else another holder gets their traffic. */
export async function deleteCards(tx: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const { rows: links } = await tx.query<{ id: string }>('delete from contact_identities where contact_id = any($1) returning identity_id as id', [
    ids,
  ])
  await tx.query('delete from contact_edits where contact_id = any($1)', [ids])
  await tx.query('delete from merge_suggestions where first_id = any($1) or second_id = any($1)', [ids])
  await tx.query('delete from contacts where id = any($1)', [ids])
  await releaseIdentities(
    tx,
    links.map(({ id }) => id),
  )
}

/** Addresses that lost a holder: those nobody and nothing names any more go, of the others the eldest holder gets the traffic. */
export async function releaseIdentities(tx: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const tables = await tablesNaming(tx, 'identity_id')
  const unused = tables.map((table) => `not exists (select from "${table}" t where t.identity_id = i.id)`).join(' and ')
  await tx.query(`delete from identities i where i.id = any($1) and ${unused}`, [ids])
  await tx.query(
    `update contact_identities ci set owning = true from (
       select distinct on (l.identity_id) l.contact_id, l.identity_id from contact_identities l
       where l.identity_id = any($1) and l.until is null and not exists (select from contact_identities o where o.identity_id = l.identity_id and o.owning)
       order by l.identity_id, l.since, l.contact_id) heir
     where ci.contact_id = heir.contact_id and ci.identity_id = heir.identity_id`,
    [ids],
  )
}

/** Names of our tables come from the database's own catalogue, never from input. */
export async function tablesNaming(tx: Transaction, column: string): Promise<string[]> {
  const { rows } = await tx.query<{ name: string }>(
    `select t.table_name as name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.column_name = $1 and c.data_type = 'uuid' order by 1`,
    [column],
  )
  return rows.map(({ name }) => name)
}
