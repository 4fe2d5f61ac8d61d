import type { Actor } from '../access/actor.ts'
import type { ContactView } from '../contacts/contact.ts'
import { readContact } from '../contacts/read-contact.ts'
import type { Pool } from '../database/pool.ts'
import type { CompanyView } from './company.ts'
import { selectCompanies } from './company-store.ts'
import { corporateDomain } from './free-mail.ts'

export interface CompanySuggestion {
  domain: string
  /** Known companies with this domain; none: one can be made. */
  companies: CompanyView[]
}

/** Which company a client may work for, by the domain of his e-mail: a question to a person, never done by machine. Throws `not_found`. */
export async function suggestCompany({ pool }: { pool: Pool }, actor: Actor, contactId: string): Promise<CompanySuggestion[]> {
  const contact = await readContact({ pool }, actor, contactId)
  if (contact.companyId !== null) return []
  return await Promise.all(
    domainsOf(contact).map(async (domain) => ({ domain, companies: await selectCompanies(pool, { domain }, { after: undefined, limit: 5 }) })),
  )
}

function domainsOf(contact: ContactView): string[] {
  const emails = contact.identities.filter(({ kind, role }) => kind === 'email' && role === 'personal')
  return [...new Set(emails.flatMap(({ value }) => corporateDomain(value) ?? []))]
}
