import type { Actor } from '../access/actor.ts'
import { listCalls } from '../calls/list-calls.ts'
import { listCompanies } from '../companies/list-companies.ts'
import type { ContactView } from '../contacts/contact.ts'
import { listContacts } from '../contacts/list-contacts.ts'
import type { Pool } from '../database/pool.ts'
import { listLeads } from '../leads/list-leads.ts'
import type { ExportFilter, ExportKind } from './export.ts'
import { customFields, namesOf, selectEntries } from './export-row-store.ts'
import { type Heading, headings } from './headings.ts'

export interface ExportSource {
  pool: Pool
  /** Rights of who asked: he gets what he may see. */
  actor: Actor
  filter: ExportFilter
  language: string
}

const pageSize = 200

/** The rows of an export, the head first, page by page. */
export function exportRows(kind: ExportKind, source: ExportSource): AsyncIterable<string[]> {
  return { contacts, companies, leads, entries, calls }[kind](source)
}

async function* pages<Item>(load: (cursor: string | undefined) => Promise<{ items: Item[]; nextCursor: string | null }>): AsyncIterable<Item[]> {
  let cursor: string | undefined
  do {
    const page = await load(cursor)
    yield page.items
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
}

const contactHeads: Heading[] = ['id', 'name', 'stage', 'phones', 'emails', 'others', 'company', 'owner', 'language', 'lastTouch', 'created']

async function* contacts({ pool, actor, filter, language }: ExportSource): AsyncIterable<string[]> {
  const own = await customFields(pool, 'contacts')
  yield [...headings(contactHeads, language), ...own]
  const { query, stage, ownerId, companyId } = filter
  for await (const items of pages((cursor) => listContacts({ pool }, actor, { query, stage, ownerId, companyId, cursor, limit: pageSize }))) {
    const names = await namesOf(pool, { userIds: items.map((item) => item.ownerId), companyIds: items.map((item) => item.companyId) })
    for (const item of items) {
      const company = names.get(item.companyId ?? '') ?? ''
      const owner = names.get(item.ownerId ?? '') ?? ''
      const reach = [addresses(item, 'phone'), addresses(item, 'email'), addresses(item)]
      yield [
        item.id,
        item.name,
        item.stage,
        ...reach,
        company,
        owner,
        item.language ?? '',
        item.lastTouchAt,
        item.createdAt,
        ...own.map((name) => shown(item.fields[name])),
      ]
    }
  }
}

/** Several stand in one cell, as our own import reads them; without a kind those of all others. */
function addresses({ identities }: ContactView, kind?: string): string {
  const found = identities.filter((identity) => (kind ? identity.kind === kind : identity.kind !== 'phone' && identity.kind !== 'email'))
  return found.map((identity) => (kind ? identity.value : `${identity.kind}: ${identity.value}`)).join(', ')
}

async function* companies({ pool, filter, language }: ExportSource): AsyncIterable<string[]> {
  const own = await customFields(pool, 'companies')
  yield [...headings(['id', 'company', 'domain', 'owner', 'people', 'created'], language), ...own]
  for await (const items of pages((cursor) => listCompanies({ pool }, { query: filter.query, ownerId: filter.ownerId, cursor, limit: pageSize }))) {
    const names = await namesOf(pool, { userIds: items.map((item) => item.ownerId) })
    for (const item of items) {
      const owner = names.get(item.ownerId ?? '') ?? ''
      yield [item.id, item.name, item.domain ?? '', owner, String(item.people), item.createdAt, ...own.map((name) => shown(item.fields[name]))]
    }
  }
}

async function* leads({ pool, actor, filter, language }: ExportSource): AsyncIterable<string[]> {
  yield headings(['id', 'name', 'topic', 'status', 'lostReason', 'source', 'owner', 'created'], language)
  const { status, ownerId, contactId } = filter
  for await (const items of pages((cursor) => listLeads({ pool }, actor, { status, ownerId, contactId, cursor, limit: pageSize }))) {
    const names = await namesOf(pool, { userIds: items.map((item) => item.ownerId), contactIds: items.map((item) => item.cardId) })
    for (const item of items) {
      const name = names.get(item.cardId) ?? ''
      const owner = names.get(item.ownerId ?? '') ?? ''
      yield [item.id, name, item.topic, item.status, item.lostReason ?? '', shown(item.source?.utm ?? item.source?.page), owner, item.createdAt]
    }
  }
}

async function* entries({ pool, actor, filter, language }: ExportSource): AsyncIterable<string[]> {
  yield headings(['id', 'at', 'name', 'kind', 'medium', 'direction', 'status', 'from', 'to', 'subject', 'text'], language)
  let after: [Date, string] | undefined
  for (;;) {
    const rows = await selectEntries(pool, actor, filter.contactId, { after, limit: pageSize })
    for (const { at, cells } of rows) yield [cells[0] ?? '', at.toISOString(), ...cells.slice(1)]
    const last = rows.at(-1)
    if (!last || rows.length < pageSize) return
    after = [last.at, last.cells[0] ?? '']
  }
}

const callHeads: Heading[] = [
  'id',
  'at',
  'name',
  'direction',
  'outcome',
  'from',
  'to',
  'dialled',
  'waitSeconds',
  'talkSeconds',
  'operator',
  'disposition',
  'note',
  'recorded',
]

async function* calls({ pool, actor, filter, language }: ExportSource): AsyncIterable<string[]> {
  yield headings(callHeads, language)
  const { query, contactId, userId, direction, outcome, missed, dialled, from, to, minSeconds, maxSeconds, reviewed, sampled } = filter
  const asked = { query, contactId, userId, direction, outcome, missed, dialled, from, to, minSeconds, maxSeconds, reviewed, sampled }
  for await (const items of pages((cursor) => listCalls({ pool }, actor, { ...asked, cursor, limit: pageSize }))) {
    const names = await namesOf(pool, { userIds: items.map((item) => item.userId), contactIds: items.map((item) => item.contactId) })
    for (const item of items) {
      const told = [item.direction, item.outcome ?? '', item.from ?? '', item.to ?? '', item.dialled ?? '']
      const seconds = [item.waitSeconds, item.talkSeconds].map((value) => (value === null ? '' : String(value)))
      const kept = String(item.recordings.filter(({ state }) => state === 'ready').length)
      const work = [names.get(item.userId ?? '') ?? '', item.disposition ?? '', item.note ?? '', kept]
      yield [item.id, item.startedAt, names.get(item.contactId ?? '') ?? '', ...told, ...seconds, ...work]
    }
  }
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  return typeof value === 'object' ? Object.values(value).map(shown).join(' · ') : JSON.stringify(value)
}
