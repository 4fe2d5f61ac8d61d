import { anyYo, escapeLike } from '../contacts/contact-query.ts'
import type { Queryable, Transaction } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import type { CompanyView } from './company.ts'

type CompanyRow = Omit<CompanyView, 'createdAt' | 'updatedAt'> & { createdAt: Date; updatedAt: Date }

const columns = `k.id, k.name, k.domain, k.owner_id as "ownerId", k.fields, k.created_at as "createdAt", k.updated_at as "updatedAt",
  (select count(*)::int from contacts c where c.company_id = k.id and c.card_id = c.id) as people`

function present(row: CompanyRow): CompanyView {
  return { ...row, createdAt: row.createdAt.toISOString(), updatedAt: row.updatedAt.toISOString() }
}

/** By name; with `query` those whose name holds its words or whose domain begins with it. */
export async function selectCompanies(
  db: Queryable,
  filter: { query?: string | undefined; ownerId?: string | undefined; domain?: string | undefined },
  page: { after: [string, string] | undefined; limit: number },
): Promise<CompanyView[]> {
  const words = filter.query?.trim().toLowerCase().split(/\s+/).filter(Boolean) ?? []
  const { rows } = await db.query<CompanyRow>(
    `select ${columns} from companies k
     where (cardinality($1::text[]) = 0 or lower(k.name) like all ($1) or k.domain like $2) and ($3::uuid is null or k.owner_id = $3)
       and ($4::text is null or k.domain = $4) and ($5::text is null or (lower(k.name), k.id) > ($5, $6::uuid))
     order by lower(k.name), k.id limit $7`,
    [
      words.map((word) => `%${anyYo(escapeLike(word))}%`),
      `${escapeLike(words[0] ?? '')}%`,
      filter.ownerId ?? null,
      filter.domain ?? null,
      page.after?.[0] ?? null,
      page.after?.[1] ?? null,
      page.limit,
    ],
  )
  return rows.map(present)
}

/** Throws `not_found`. */
export async function readCompany(db: Queryable, id: string): Promise<CompanyView> {
  const { rows } = await db.query<CompanyRow>(`select ${columns} from companies k where k.id = $1`, [id])
  const [found] = rows
  if (!found) throw new CoreError('not_found', 'There is no such company.')
  return present(found)
}

/** Throws `not_found`. */
export async function lockCompany(tx: Transaction, id: string): Promise<CompanyView> {
  await tx.query('select id from companies where id = $1 for update', [id])
  return await readCompany(tx, id)
}

type Editable = Pick<CompanyView, 'name' | 'domain' | 'ownerId' | 'fields'>

export async function insertCompany(tx: Transaction, id: string, company: Editable): Promise<void> {
  await tx.query('insert into companies (id, name, domain, owner_id, fields) values ($1, $2, $3, $4, $5)', [
    id,
    company.name,
    company.domain,
    company.ownerId,
    company.fields,
  ])
}

export async function updateCompany(tx: Transaction, id: string, company: Editable): Promise<void> {
  await tx.query('update companies set name = $2, domain = $3, owner_id = $4, fields = $5, updated_at = now() where id = $1', [
    id,
    company.name,
    company.domain,
    company.ownerId,
    company.fields,
  ])
}
