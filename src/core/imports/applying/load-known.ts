import type { Evidence } from '../../connector/identity.ts'
import type { Queryable } from '../../database/pool.ts'
import { identityKey } from '../../intake/apply/keys.ts'
import type { Draft } from '../import.ts'
import { companyKey, type Known, type KnownCard, nameKey } from './known.ts'

/** The expression of the index `companies_key`. */
const companyKeySql = `lower(btrim(regexp_replace(translate(k.name, '«»"„“”''', '       '), '\\s+', ' ', 'g')))`

/** Adds to `known` what the database knows of these rows: four queries, however many rows. What is known already stays. */
export async function loadKnown(db: Queryable, known: Known, drafts: Draft[]): Promise<void> {
  await loadIdentities(db, known, drafts)
  await loadCards(db, known)
  await loadAddressless(db, known, drafts)
  await loadCompanies(db, known, drafts)
}

async function loadIdentities(db: Queryable, known: Known, drafts: Draft[]): Promise<void> {
  const wanted = new Map(drafts.flatMap(({ identities }) => identities.map((one) => [identityKey(one.kind, one.value), one] as const)))
  for (const key of known.identities.keys()) wanted.delete(key)
  const { rows } = await db.query<{ id: string; kind: string; value: string; contactId: string | null; evidence: Evidence; owning: boolean }>({
    name: 'import identities',
    text: `select i.id, i.kind, i.value, ci.contact_id as "contactId", ci.evidence, ci.owning from unnest($1::text[], $2::text[]) as given(kind, value)
      join identities i on i.kind = given.kind and i.value = given.value left join contact_identities ci on ci.identity_id = i.id and ci.until is null`,
    values: [[...wanted.values()].map(({ kind }) => kind), [...wanted.values()].map(({ value }) => value)],
  })
  for (const row of rows) {
    const key = identityKey(row.kind, row.value)
    const identity = known.identities.get(key) ?? { id: row.id, ownerId: undefined, links: new Map() }
    known.identities.set(key, identity)
    if (row.contactId === null) continue
    identity.links.set(row.contactId, row.evidence)
    if (row.owning) identity.ownerId = row.contactId
  }
}

/** Holders of those identities, and the cards that show them. */
async function loadCards(db: Queryable, known: Known): Promise<void> {
  const holders = new Set([...known.identities.values()].flatMap(({ links }) => [...links.keys()]))
  const unknown = [...holders].filter((id) => !known.cards.has(id))
  const { rows } = await db.query<KnownCard>({
    name: 'import cards',
    text: `select c.id, c.card_id as "cardId", c.name, c.stage, c.owner_id as "ownerId", c.company_id as "companyId", c.language, c.fields,
        c.last_touch_at as "lastTouchAt" from contacts c
      where c.id in (select unnest($1::uuid[]) union select card_id from contacts where id = any($1))`,
    values: [unknown],
  })
  for (const row of rows) if (!known.cards.has(row.id)) known.cards.set(row.id, row)
}

async function loadAddressless(db: Queryable, known: Known, drafts: Draft[]): Promise<void> {
  const names = drafts.filter(({ identities }) => identities.length === 0).map(({ name }) => name.toLowerCase())
  if (names.length === 0) return
  const { rows } = await db.query<{ id: string; name: string }>(
    `select c.id, c.name from unnest($1::text[]) as given(name) join contacts c on lower(c.name) like given.name
     where c.card_id = c.id and not exists (select from contact_identities ci where ci.contact_id = c.id and ci.until is null)`,
    [[...new Set(names)].filter(Boolean).map((name) => name.replaceAll(/[\\%_]/g, '\\$&'))],
  )
  for (const { id, name } of rows) known.addressless.set(nameKey(name), id)
}

async function loadCompanies(db: Queryable, known: Known, drafts: Draft[]): Promise<void> {
  const companies = drafts.flatMap(({ company }) => company ?? [])
  const keys = [...new Set(companies.map(({ name }) => companyKey(name)))].filter((key) => !known.companies.has(key))
  if (keys.length === 0) return
  const domains = companies.flatMap(({ domain }) => domain ?? [])
  const { rows } = await db.query<{ id: string; name: string; domain: string | null; fields: Record<string, unknown> }>(
    `select k.id, k.name, k.domain, k.fields from companies k where ${companyKeySql} = any($1)
     union select k.id, k.name, k.domain, k.fields from companies k where k.domain = any($2) order by id`,
    [keys, domains],
  )
  for (const { name, ...company } of rows) {
    const key = companyKey(name)
    if (!known.companies.has(key)) known.companies.set(key, company)
    if (company.domain && !known.companiesByDomain.has(company.domain)) known.companiesByDomain.set(company.domain, company)
  }
}
