import { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import type { CompanyView } from '../companies/company.ts'
import { listCompanies } from '../companies/list-companies.ts'
import type { ContactView } from '../contacts/contact.ts'
import { listContacts } from '../contacts/list-contacts.ts'
import { decodeCursor, encodeCursor } from '../database/page-cursor.ts'
import type { Pool } from '../database/pool.ts'
import type { EntryView } from '../timeline/entry.ts'
import { presentEntries } from '../timeline/present-entry.ts'
import { selectEntriesByText } from './search-store.ts'
import { cutSnippet, type SnippetPart } from './snippet.ts'

export const searchKinds = ['contact', 'company', 'entry'] as const
export type SearchKind = (typeof searchKinds)[number]

export type SearchHit =
  | { kind: 'contact'; contact: ContactView }
  | { kind: 'company'; company: CompanyView }
  | { kind: 'entry'; entry: EntryView; snippet: SnippetPart[] }

interface Deps {
  pool: Pool
}

interface Page {
  items: SearchHit[]
  nextCursor: string | null
}

const place = z.tuple([z.enum(searchKinds), z.string().nullable()])

/**
 * Everything the actor may see: cards first (name, phone in any notation, e-mail, messenger name), then companies, then what was said (word forms of
 * Russian and English, whole history, newest first). With `kind` only one of the three. Throws `invalid_cursor`.
 */
export async function search(
  deps: Deps,
  actor: Actor,
  input: { query: string; kind?: SearchKind | undefined; cursor?: string | undefined; limit: number },
): Promise<Page> {
  const [first, within] = input.cursor === undefined ? [input.kind ?? searchKinds[0], null] : decodeCursor(input.cursor, place)
  const kinds = input.kind ? [input.kind] : searchKinds.slice(searchKinds.indexOf(first))
  const items: SearchHit[] = []
  for (const [index, kind] of kinds.entries()) {
    const limit = input.limit - items.length
    const page = await searchOne[kind](deps, actor, { query: input.query, cursor: index === 0 ? (within ?? undefined) : undefined, limit })
    items.push(...page.items)
    if (page.nextCursor !== null) return { items, nextCursor: encodeCursor([kind, page.nextCursor]) }
    const next = kinds[index + 1]
    if (items.length >= input.limit && next) return { items, nextCursor: encodeCursor([next, null]) }
  }
  return { items, nextCursor: null }
}

type One = (deps: Deps, actor: Actor, input: { query: string; cursor: string | undefined; limit: number }) => Promise<Page>

const searchOne: Record<SearchKind, One> = {
  async contact(deps, actor, input) {
    const page = await listContacts(deps, actor, input)
    return { items: page.items.map((contact) => ({ kind: 'contact', contact })), nextCursor: page.nextCursor }
  },
  async company(deps, actor, input) {
    // Companies belong to nobody in particular; whoever sees only his own clients finds them by their people.
    if (actor.ownClientsOnly) return { items: [], nextCursor: null }
    const page = await listCompanies(deps, input)
    return { items: page.items.map((company) => ({ kind: 'company', company })), nextCursor: page.nextCursor }
  },
  entry: searchEntries,
}

const entryPlace = z.tuple([z.iso.datetime(), z.uuid()])

async function searchEntries({ pool }: Deps, actor: Actor, input: { query: string; cursor: string | undefined; limit: number }): Promise<Page> {
  const after = input.cursor === undefined ? undefined : decodeCursor(input.cursor, entryPlace)
  const rows = await selectEntriesByText(pool, actor, input.query, { after, limit: input.limit + 1 })
  const shown = rows.slice(0, input.limit)
  const entries = await presentEntries(
    pool,
    shown.map((row) => row.id),
  )
  const items = entries.flatMap((entry): SearchHit[] => {
    const row = shown.find((one) => one.id === entry.id)
    return row ? [{ kind: 'entry', entry, snippet: cutSnippet(row.plain, row.marked) }] : []
  })
  const last = shown.at(-1)
  return { items, nextCursor: rows.length > input.limit && last ? encodeCursor([last.sortAt.toISOString(), last.id]) : null }
}
