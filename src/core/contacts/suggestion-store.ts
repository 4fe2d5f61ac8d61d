import type { Actor } from '../access/actor.ts'
import type { Queryable, Transaction } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import { visibleContacts } from './visible-contacts.ts'

export interface SuggestionReason {
  [more: string]: unknown
  identity: { kind: string; value: string }
  evidence: string
}

export interface SuggestionRow {
  id: string
  firstId: string
  secondId: string
  /** The cards that show the two now. */
  firstCardId: string
  secondCardId: string
  reasons: SuggestionReason[]
  status: 'open' | 'merged' | 'dismissed'
  createdAt: Date
}

const columns = `s.id, s.first_id as "firstId", s.second_id as "secondId", a.card_id as "firstCardId", b.card_id as "secondCardId", s.reasons,
  case when s.status = 'open' and a.card_id = b.card_id then 'merged' else s.status end as status, s.created_at as "createdAt"`
const joined = 'from merge_suggestions s join contacts a on a.id = s.first_id join contacts b on b.id = s.second_id'

/** Gives false when the two were suggested before. */
export async function insertSuggestion(
  tx: Transaction,
  suggestion: { id: string; firstId: string; secondId: string; reasons: SuggestionReason[] },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    'insert into merge_suggestions (id, first_id, second_id, reasons) values ($1, $2, $3, $4) on conflict (first_id, second_id) do nothing',
    [suggestion.id, suggestion.firstId, suggestion.secondId, JSON.stringify(suggestion.reasons)],
  )
  return rowCount === 1
}

/** Open ones between two cards that the actor may both see, the newest first. What is shown as one card already is not asked again. */
export async function selectOpenSuggestions(
  db: Queryable,
  actor: Actor,
  page: { cardId: string | undefined; after: [string, string] | undefined; limit: number },
): Promise<SuggestionRow[]> {
  const { rows } = await db.query<SuggestionRow>(
    `select ${columns} ${joined}
     where s.status = 'open' and a.card_id <> b.card_id and ($1::uuid is null or $1 in (a.card_id, b.card_id))
       and ($2::timestamptz is null or (s.created_at, s.id) < ($2, $3::uuid))
       and ${visibleContacts(actor, 'a.card_id')} and ${visibleContacts(actor, 'b.card_id')}
     order by s.created_at desc, s.id desc limit $4`,
    [page.cardId ?? null, page.after?.[0] ?? null, page.after?.[1] ?? null, page.limit],
  )
  return rows
}

/** Throws `not_found`. */
export async function lockSuggestion(tx: Transaction, id: string): Promise<SuggestionRow> {
  const { rows } = await tx.query<SuggestionRow>(`select ${columns} ${joined} where s.id = $1 for update of s`, [id])
  const [found] = rows
  if (!found) throw new CoreError('not_found', 'There is no such suggestion.')
  return found
}

export async function markDismissed(tx: Transaction, id: string, actorId: string | null): Promise<void> {
  await tx.query(`update merge_suggestions set status = 'dismissed', decided_by = $2, decided_at = now() where id = $1`, [id, actorId])
}
