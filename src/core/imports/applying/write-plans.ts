import type { FieldChange } from '../../contacts/contact-patch.ts'
import { newId } from '../../database/id.ts'
import { insertRows } from '../../database/insert-rows.ts'
import type { Transaction } from '../../database/pool.ts'
import type { RowPlan } from './plan-row.ts'

/** What undoing a row needs to know. */
export interface Made {
  contactId: string | null
  isNew: boolean
  changes: FieldChange[]
  identityIds: string[]
  companyId: string | null
  isNewCompany: boolean
  companyChanges: FieldChange[]
}

/** Writes the plans of a chunk in a dozen statements, whatever its size. */
export async function writePlans(tx: Transaction, importId: string, actorId: string | null, plans: RowPlan[]): Promise<void> {
  await writeCompanies(tx, plans)
  await writeContacts(tx, plans)
  await writeChanges(tx, importId, actorId, plans)
  await writeLinks(tx, plans)
  await insertRows(
    tx,
    'merge_suggestions',
    ['id', 'first_id', 'second_id', 'reasons', 'status'],
    plans.flatMap(({ suggestions }) =>
      suggestions.map(({ firstId, secondId, identity }) => ({
        id: newId(),
        first_id: firstId,
        second_id: secondId,
        reasons: [{ identity, evidence: 'manual' }],
        status: 'open',
      })),
    ),
    'on conflict (first_id, second_id) do nothing',
  )
  await markRows(tx, importId, plans)
}

async function writeCompanies(tx: Transaction, plans: RowPlan[]): Promise<void> {
  const companies = plans.flatMap(({ company }) => company ?? [])
  const made = companies.filter(({ isNew }) => isNew)
  await insertRows(
    tx,
    'companies',
    ['id', 'name', 'domain', 'fields', 'created_at', 'updated_at'],
    made.map(({ id, name, domain, fields }) => ({ id, name, domain, fields, created_at: now(), updated_at: now() })),
  )
  const changed = new Map(companies.filter(({ changes }) => changes.length > 0).map(({ id, domain, fields }) => [id, { id, domain, fields }]))
  if (changed.size === 0) return
  await tx.query(
    `update companies k set domain = given.domain, fields = given.fields, updated_at = now()
     from json_to_recordset($1::json) as given(id uuid, domain text, fields jsonb) where k.id = given.id`,
    [JSON.stringify([...changed.values()])],
  )
}

async function writeContacts(tx: Transaction, plans: RowPlan[]): Promise<void> {
  const rows = plans.flatMap(({ created }) =>
    created
      ? [
          {
            id: created.id,
            card_id: created.id,
            name: created.name,
            name_by: 'user',
            stage: created.stage,
            owner_id: created.ownerId,
            company_id: created.companyId,
            language: created.language,
            fields: created.fields,
            last_touch_at: now(),
            created_at: now(),
            updated_at: now(),
          },
        ]
      : [],
  )
  await insertRows(tx, 'contacts', Object.keys(rows[0] ?? {}), rows)
}

/** As `json_populate_recordset` gives null for what is left out, defaults are written out. */
function now(): string {
  return new Date().toISOString()
}

async function writeChanges(tx: Transaction, importId: string, actorId: string | null, plans: RowPlan[]): Promise<void> {
  const edits = plans.flatMap(({ contactId, changes }) => changes.map((change) => ({ id: newId(), contactId, ...change })))
  if (edits.length === 0) return
  await applyEdits(tx, edits)
  await tx.query(
    `insert into contact_edits (id, contact_id, field, before, after, actor_id, import_id)
     select e.id, e."contactId", e.field, e.before, e.after, $2, $3 from json_to_recordset($1::json) as e (id uuid, "contactId" uuid, field text, before jsonb, after jsonb)`,
    [JSON.stringify(edits), actorId, importId],
  )
}

/** Sets fields of contacts to `after`; null takes one away. Several edits of one contact come together. */
export async function applyEdits(tx: Transaction, edits: { contactId: string | null; field: string; after: unknown }[]): Promise<void> {
  const byContact = Map.groupBy(edits, ({ contactId }) => contactId)
  const rows = [...byContact].map(([id, changes]) => ({
    id,
    columns: Object.fromEntries(changes.filter(({ field }) => !field.startsWith('fields.')).map(({ field, after }) => [field, after])),
    fields: Object.fromEntries(changes.flatMap(({ field, after }) => (field.startsWith('fields.') ? [[field.slice('fields.'.length), after]] : []))),
  }))
  await tx.query(
    `update contacts c set
       name = case when g.columns ? 'name' then coalesce(g.columns->>'name', '') else c.name end,
       name_by = case when g.columns ? 'name' then 'user' else c.name_by end,
       owner_id = case when g.columns ? 'ownerId' then (g.columns->>'ownerId')::uuid else c.owner_id end,
       company_id = case when g.columns ? 'companyId' then (g.columns->>'companyId')::uuid else c.company_id end,
       language = case when g.columns ? 'language' then g.columns->>'language' else c.language end,
       fields = jsonb_strip_nulls(c.fields || g.fields), updated_at = now()
     from json_to_recordset($1::json) as g (id uuid, columns jsonb, fields jsonb) where c.id = g.id`,
    [JSON.stringify(rows)],
  )
}

async function writeLinks(tx: Transaction, plans: RowPlan[]): Promise<void> {
  const links = plans.flatMap((plan) => plan.links)
  await insertRows(
    tx,
    'identities',
    ['id', 'kind', 'value', 'created_at'],
    links
      .filter(({ isNewIdentity }) => isNewIdentity)
      .map(({ identityId, identity }) => ({ id: identityId, kind: identity.kind, value: identity.value, created_at: now() })),
  )
  await insertRows(
    tx,
    'contact_identities',
    ['contact_id', 'identity_id', 'evidence', 'role', 'raw', 'owning', 'since'],
    links.map(({ contactId, identityId, identity, owning }) => ({
      contact_id: contactId,
      identity_id: identityId,
      evidence: 'manual',
      role: identity.role,
      raw: identity.raw,
      owning,
      since: now(),
    })),
    'on conflict (contact_id, identity_id) do update set until = null, owning = excluded.owning',
  )
}

async function markRows(tx: Transaction, importId: string, plans: RowPlan[]): Promise<void> {
  const rows = plans.map((plan) => ({ number: plan.number, verdict: plan.verdict, reasons: plan.reasons, outcome: plan.outcome, made: madeBy(plan) }))
  await tx.query(
    `update import_rows r set verdict = g.verdict, reasons = g.reasons, outcome = g.outcome, made = g.made
     from json_to_recordset($2::json) as g (number int, verdict text, reasons jsonb, outcome text, made jsonb)
     where r.import_id = $1 and r.number = g.number`,
    [importId, JSON.stringify(rows)],
  )
}

function madeBy({ outcome, contactId, created, changes, links, company }: RowPlan): Made | null {
  if (outcome === 'skipped') return null
  return {
    contactId,
    isNew: created !== null,
    changes,
    identityIds: links.map(({ identityId }) => identityId),
    companyId: company?.id ?? null,
    isNewCompany: company?.isNew ?? false,
    companyChanges: company?.changes ?? [],
  }
}
