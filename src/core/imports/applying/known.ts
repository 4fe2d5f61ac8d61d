import type { Evidence } from '../../connector/identity.ts'
import type { EditableContact } from '../../contacts/contact-store.ts'

export interface KnownCard extends EditableContact {
  /** The card that shows it; its own id unless it is merged. */
  cardId: string
  lastTouchAt: Date
}

export interface KnownIdentity {
  id: string
  /** The contact to which its traffic goes. */
  ownerId: string | undefined
  links: Map<string, Evidence>
}

export interface KnownCompany {
  id: string
  domain: string | null
  fields: Record<string, unknown>
}

/** What the hub knows of the rows in hand; planning a row adds to it what that row would make. */
export class Known {
  /** By kind and value. */
  readonly identities = new Map<string, KnownIdentity>()
  /** Contacts, and the cards that show them, by id. */
  readonly cards = new Map<string, KnownCard>()
  /** By the key of the name. */
  readonly companies = new Map<string, KnownCompany>()
  readonly companiesByDomain = new Map<string, KnownCompany>()
  /** Cards without any address, by `nameKey`. */
  readonly addressless = new Map<string, string>()
}

/** The same key as the index `companies_key`. */
export function companyKey(name: string): string {
  return name
    .replaceAll(/[«»"„“”']/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .toLowerCase()
}

export function nameKey(name: string): string {
  return name.toLowerCase().replaceAll('ё', 'е').replaceAll(/\s+/g, ' ').trim()
}

/** One person written twice: each word of the shorter name is in the longer, or is the initial of one. */
export function isSameName(a: string, b: string): boolean {
  const [short, long] = [words(a), words(b)].sort((first, second) => first.length - second.length)
  if (!short?.length || !long) return true
  return short.every((word) => long.some((other) => other === word || (Math.min(word.length, other.length) === 1 && other[0] === word[0])))
}

function words(name: string): string[] {
  return nameKey(name)
    .split(/[\s.,]+/)
    .filter(Boolean)
}
