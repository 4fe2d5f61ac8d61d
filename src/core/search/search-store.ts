import type { Actor } from '../access/actor.ts'
import { visibleContacts } from '../contacts/visible-contacts.ts'
import type { Queryable } from '../database/pool.ts'

export interface FoundEntry {
  id: string
  sortAt: Date
  /** Subject and text with the hits between U+E000 and U+E001, ё folded: same length as `plain` but for the marks. */
  marked: string
  plain: string
}

/** The expression of the index `entries_text_search`; it must stay the same to the letter. */
const vector = `to_tsvector('russian', translate(left(coalesce("subject", '') || ' ' || "text", 100000), 'ёЁ', 'еЕ'))`

/** Written out each time, not bound to a name: the planner has to see how rare the words are. */
const wanted = `websearch_to_tsquery('russian', translate($1, 'ёЁ', 'еЕ'))`

export const entriesByText = (actor: Actor) => `
  with page as (
    select e.id, e.sort_at, e.subject, e.text from entries e join contacts c on c.id = e.contact_id
    where ${vector} @@ ${wanted} and e.deleted_at is null and ($2::timestamptz is null or (e.sort_at, e.id) < ($2, $3::uuid))
      and ${visibleContacts(actor, 'c.card_id')}
    order by e.sort_at desc, e.id desc limit $4
  ),
  shown as (
    select id, sort_at, translate(left(coalesce(subject, '') || ' ' || text, 20000), E'\\uE000\\uE001', '  ') as plain from page
  )
  select id, sort_at as "sortAt", plain, ts_headline('russian', translate(plain, 'ёЁ', 'еЕ'), ${wanted},
    E'HighlightAll=true, StartSel="\\uE000", StopSel="\\uE001"') as marked
  from shown order by sort_at desc, id desc`

/** Entries whose subject or text holds the words in any Russian or English form, newest first, over the whole history. */
export async function selectEntriesByText(
  db: Queryable,
  actor: Actor,
  query: string,
  page: { after: [string, string] | undefined; limit: number },
): Promise<FoundEntry[]> {
  const { rows } = await db.query<FoundEntry>(entriesByText(actor), [query, page.after?.[0] ?? null, page.after?.[1] ?? null, page.limit])
  return rows
}
