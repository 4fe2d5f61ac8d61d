import { actorId } from '../access/actor.ts'
import type { Caller } from '../access/audit.ts'
import { requireCard } from '../contacts/visible-contacts.ts'
import { newId } from '../database/id.ts'
import type { Pool, Transaction } from '../database/pool.ts'
import { inRetriedTransaction } from '../database/retried-transaction.ts'
import { requireDisposition } from '../dispositions/disposition-store.ts'
import { CoreError } from '../errors.ts'
import { createTaskIn } from '../tasks/change-task.ts'
import type { EntryView } from '../timeline/entry.ts'
import { announceTouch } from './announce-touch.ts'
import type { Touch } from './touch.ts'
import { endEarlierWaiting, writeTouch } from './touch-store.ts'

export interface TouchInput {
  medium: string
  direction: Touch['direction']
  at?: Date | undefined
  note: string
  disposition: string | null
  /** Absent: when it is outbound. */
  answered?: boolean | undefined
  topic: string
  source: string
  nextStep?: { title: string; dueAt: Date } | undefined
}

/**
 * Keeps a contact that the hub did not see: a visit, a letter on paper, a call on one's own telephone. An answer ends the client's waiting as far as
 * he waited already then. Throws `not_found`; `invalid_request` for a time in the future or a result that is on no list.
 */
export async function logTouch({ pool }: { pool: Pool }, contactId: string, input: TouchInput, { actor }: Caller): Promise<EntryView> {
  return await inRetriedTransaction(pool, async (tx) => {
    const cardId = await requireCard(tx, actor, contactId)
    const { nextStep, answered = input.direction === 'outbound', at = new Date(), ...rest } = input
    const touch: Touch = { ...rest, answered, at }
    await requireSound(tx, touch)
    const ended = answered ? await endEarlierWaiting(tx, contactId, at) : []
    const id = newId()
    const extra = { event: 'touch' as const, answered, disposition: touch.disposition, ended }
    await writeTouch(tx, { ...touch, id, contactId: cardId, authorId: actorId(actor), extra })
    if (nextStep) await createTaskIn(tx, { title: nextStep.title, due: { at: nextStep.dueAt }, contactId: cardId }, actor)
    return await announceTouch(
      tx,
      id,
      'entry.created',
      ended.map((one) => one.id),
    )
  })
}

/** A minute of grace: clocks differ. Throws `invalid_request`, `unknown_disposition`. */
export async function requireSound(tx: Transaction, touch: Touch, before?: Touch): Promise<void> {
  if (touch.at.getTime() > Date.now() + 60_000) throw new CoreError('invalid_request', 'What was done cannot lie in the future: make a task of it.')
  if (touch.disposition === null || touch.disposition === before?.disposition) return
  await requireDisposition(tx, touch.disposition)
}
