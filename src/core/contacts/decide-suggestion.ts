import { actorId } from '../access/actor.ts'
import type { Caller } from '../access/audit.ts'
import { inTransaction, type Pool, type Transaction } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import { appendLiveEvents } from '../realtime/append-live-events.ts'
import { linkContacts } from './merge-contacts.ts'
import { lockSuggestion, markDismissed, type SuggestionRow } from './suggestion-store.ts'
import { requireCard } from './visible-contacts.ts'

interface Deps {
  pool: Pool
}

/**
 * "Yes, the same person": merges the two cards, into `intoId` when it is one of them, else into the first. The suggestion itself stays as it was,
 * so that undoing the merge asks the question again. Throws `not_found`, `already_merged`.
 */
export async function acceptSuggestion({ pool }: Deps, id: string, intoId: string | undefined, caller: Caller): Promise<{ mergeId: string }> {
  return await inTransaction(pool, async (tx) => {
    const suggestion = await requireSuggestion(tx, id, caller)
    const { firstCardId, secondCardId } = suggestion
    if (firstCardId === secondCardId) throw new CoreError('already_merged')
    const isSecond = intoId === secondCardId || intoId === suggestion.secondId
    const merge = isSecond ? { fromId: firstCardId, intoId: secondCardId } : { fromId: secondCardId, intoId: firstCardId }
    await announce(tx, suggestion)
    return await linkContacts(tx, merge, caller)
  })
}

/** "No, two people": never asked again. Throws `not_found`. */
export async function dismissSuggestion({ pool }: Deps, id: string, caller: Caller): Promise<void> {
  await inTransaction(pool, async (tx) => {
    const suggestion = await requireSuggestion(tx, id, caller)
    await markDismissed(tx, id, actorId(caller.actor))
    await announce(tx, suggestion)
  })
}

async function requireSuggestion(tx: Transaction, id: string, { actor }: Caller): Promise<SuggestionRow> {
  const suggestion = await lockSuggestion(tx, id)
  await requireCard(tx, actor, suggestion.firstId)
  await requireCard(tx, actor, suggestion.secondId)
  return suggestion
}

async function announce(tx: Transaction, { id, firstId, secondId }: SuggestionRow): Promise<void> {
  await appendLiveEvents(tx, [{ type: 'suggestion.changed', contactId: firstId, subjectId: id, payload: { id, firstId, secondId } }])
}
