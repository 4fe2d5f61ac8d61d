import { domainToASCII } from 'node:url'
import { requireTargets } from '../contacts/contact-store.ts'
import { newId } from '../database/id.ts'
import { inTransaction, type Pool } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import type { CompanyPatch, CompanyView } from './company.ts'
import { insertCompany, lockCompany, readCompany, updateCompany } from './company-store.ts'

interface Deps {
  pool: Pool
}

/** Throws `invalid_request` for a domain that is none, or an owner who does not exist. */
export async function createCompany({ pool }: Deps, company: CompanyPatch & { name: string }): Promise<CompanyView> {
  return await inTransaction(pool, async (tx) => {
    await requireTargets(tx, { ownerId: company.ownerId })
    const id = newId()
    const { name, ownerId, fields } = company
    await insertCompany(tx, id, { name, domain: domainOf(company.domain ?? null), ownerId: ownerId ?? null, fields: fields ?? {} })
    return await readCompany(tx, id)
  })
}

/** Throws `not_found`; `invalid_request` for a domain that is none, or an owner who does not exist. */
export async function changeCompany({ pool }: Deps, id: string, patch: CompanyPatch): Promise<CompanyView> {
  return await inTransaction(pool, async (tx) => {
    const before = await lockCompany(tx, id)
    await requireTargets(tx, { ownerId: patch.ownerId })
    const fields = Object.fromEntries(Object.entries({ ...before.fields, ...patch.fields }).filter(([, value]) => value !== null))
    await updateCompany(tx, id, {
      name: patch.name ?? before.name,
      domain: patch.domain === undefined ? before.domain : domainOf(patch.domain),
      ownerId: patch.ownerId === undefined ? before.ownerId : patch.ownerId,
      fields,
    })
    return await readCompany(tx, id)
  })
}

function domainOf(given: string | null): string | null {
  const text = given?.trim().replace(/^@/, '') ?? ''
  if (text === '') return null
  const domain = domainToASCII(text)
  if (domain === '') throw new CoreError('invalid_request', 'This is not a domain.')
  return domain
}
