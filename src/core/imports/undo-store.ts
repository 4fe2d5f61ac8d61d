import type { EditableContact } from '../contacts/contact-store.ts'
import { releaseIdentities, tablesNaming } from '../contacts/delete-cards.ts'
import type { Transaction } from '../database/pool.ts'
import type { Made } from './applying/write-plans.ts'

export interface UndoneRow {
  number: number
  made: Made
}

/** Tables that name contacts and are part of the card itself; all others hang on it, also those that are yet to come. */
const ofTheCard = ['contact_identities', 'contact_edits', 'live_events']

/** Rows that something was made of, the last first. */
export async function selectRowsToUndo(tx: Transaction, importId: string, limit: number): Promise<UndoneRow[]> {
  const { rows } = await tx.query<UndoneRow>(
    'select number, made from import_rows where import_id = $1 and made is not null and undone is null order by number desc limit $2',
    [importId, limit],
  )
  return rows
}

export async function markUndone(tx: Transaction, importId: string, results: Map<number, string>): Promise<void> {
  await tx.query(
    `update import_rows r set undone = g.undone from unnest($2::int[], $3::text[]) as g (number, undone) where r.import_id = $1 and r.number = g.number`,
    [importId, [...results.keys()], [...results.values()]],
  )
}

export async function lockContacts(tx: Transaction, ids: (string | null)[]): Promise<Map<string, EditableContact>> {
  const { rows } = await tx.query<EditableContact>(
    `select id, name, stage, owner_id as "ownerId", company_id as "companyId", language, fields from contacts where id = any($1) order by id for update`,
    [ids],
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/** Why a made card stays, by row: what hangs on it, a merge, an edit of somebody, an address that came since. */
export async function findHanging(tx: Transaction, importId: string, rows: UndoneRow[]): Promise<Map<number, string>> {
  const numbers = new Map(rows.map(({ number, made }) => [made.contactId, number]))
  const ids = [...numbers.keys()]
  if (ids.length === 0) return new Map()
  await lockContacts(tx, ids)
  const tables = (await tablesNaming(tx, 'contact_id')).filter((table) => !ofTheCard.includes(table))
  const links = rows.flatMap(({ made }) => made.identityIds.map((identityId) => [made.contactId, identityId] as const))
  const parts = [
    ...tables.map((table) => `select contact_id as id, 'has_${table}' as reason from "${table}" where contact_id = any($1)`),
    `select from_id, 'merged' from merges where from_id = any($1)`,
    `select into_id, 'merged' from merges where into_id = any($1)`,
    `select contact_id, 'edited' from contact_edits where contact_id = any($1) and import_id is distinct from $2`,
    `select ci.contact_id, 'address_added' from contact_identities ci where ci.contact_id = any($1) and not exists (
       select from unnest($3::uuid[], $4::uuid[]) as g (contact_id, identity_id) where g.contact_id = ci.contact_id and g.identity_id = ci.identity_id)`,
  ]
  const { rows: found } = await tx.query<{ id: string; reason: string }>(parts.join(' union all '), [
    ids,
    importId,
    links.map(([contactId]) => contactId),
    links.map(([, identityId]) => identityId),
  ])
  return new Map(found.flatMap(({ id, reason }) => (numbers.has(id) ? [[numbers.get(id) ?? 0, reason] as const] : [])))
}

/** Takes addresses off cards that had them only from the import; gives the rows of those by which something came since, which stay. */
export async function endImportedLinks(
  tx: Transaction,
  links: { number: number; contactId: string | null; identityId: string }[],
): Promise<number[]> {
  if (links.length === 0) return []
  const given = [links.map(({ contactId }) => contactId), links.map(({ identityId }) => identityId)]
  const { rows: used } = await tx.query<{ contactId: string; identityId: string }>(
    `select g.contact_id as "contactId", g.identity_id as "identityId" from unnest($1::uuid[], $2::uuid[]) as g (contact_id, identity_id)
     join identities i on i.id = g.identity_id
     where exists (select from entries e where e.contact_id = g.contact_id and e.match->'identity'->>'value' = i.value)`,
    given,
  )
  const isUsed = new Set(used.map(({ contactId, identityId }) => `${contactId} ${identityId}`))
  const free = links.filter(({ contactId, identityId }) => !isUsed.has(`${contactId} ${identityId}`))
  await tx.query(
    'delete from contact_identities ci using unnest($1::uuid[], $2::uuid[]) as g (contact_id, identity_id) where ci.contact_id = g.contact_id and ci.identity_id = g.identity_id',
    [free.map(({ contactId }) => contactId), free.map(({ identityId }) => identityId)],
  )
  await releaseIdentities(
    tx,
    free.map(({ identityId }) => identityId),
  )
  return links.filter((link) => !free.includes(link)).map(({ number }) => number)
}

/** What the import added to companies that were there, unless it is something else by now. */
export async function restoreCompanies(tx: Transaction, rows: UndoneRow[]): Promise<void> {
  const changes = rows.flatMap(({ made }) => made.companyChanges.map(({ field, after }) => ({ id: made.companyId, field, after })))
  if (changes.length === 0) return
  const given = JSON.stringify(
    changes.map(({ id, field, after }) => ({ id, field: field.replace(/^fields\./, ''), is_domain: field === 'domain', after })),
  )
  const from = 'json_to_recordset($1::json) as g (id uuid, field text, is_domain boolean, after jsonb)'
  await tx.query(`update companies k set domain = null from ${from} where k.id = g.id and g.is_domain and k.domain = g.after #>> '{}'`, [given])
  await tx.query(
    `update companies k set fields = k.fields - f.names from (
       select g.id, array_agg(g.field) as names from ${from} join companies c on c.id = g.id where not g.is_domain and c.fields->g.field = g.after group by g.id) f
     where k.id = f.id`,
    [given],
  )
}

/** Companies that the import made and that nobody works for, names or has changed since; the rows of the others say that theirs stays. */
export async function deleteUnusedCompanies(tx: Transaction, importId: string): Promise<void> {
  const tables = (await tablesNaming(tx, 'company_id')).filter((table) => table !== 'import_rows')
  const unused = tables.map((table) => `not exists (select from "${table}" t where t.company_id = k.id)`).join(' and ')
  await tx.query(
    `delete from companies k using import_rows r, imports i where i.id = $1 and r.import_id = i.id and (r.made->>'isNewCompany')::boolean
       and k.id = (r.made->>'companyId')::uuid and k.updated_at <= i.finished_at and ${unused}`,
    [importId],
  )
  await tx.query(
    `update import_rows r set undone = 'company_stays' from companies k
     where r.import_id = $1 and (r.made->>'isNewCompany')::boolean and k.id = (r.made->>'companyId')::uuid and r.undone in ('gone', 'restored')`,
    [importId],
  )
}
