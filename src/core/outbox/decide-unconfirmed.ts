import { type Actor, actorId } from '../access/actor.ts'
import { insertAudit } from '../channels/channel-store.ts'
import { newId } from '../database/id.ts'
import type { Pool } from '../database/pool.ts'
import { inRetriedTransaction } from '../database/retried-transaction.ts'
import { CoreError } from '../errors.ts'
import type { Jobs } from '../jobs/queue.ts'
import type { EntryView } from '../timeline/entry.ts'
import { presentEntries } from '../timeline/present-entry.ts'
import { ownError } from './outbox.ts'
import { decideParts, failRest, hastenConversation, lockEntry, readDueParts } from './outbox-store.ts'
import { wakePart } from './outbox-worker.ts'
import { settleEntry } from './tell-entry.ts'
import { waitAgain } from './wait-again.ts'

/** `arrived`: the client has it; `again`: send it once more (also what failed); `give_up`: it stays unsent. */
export type UnconfirmedDecision = 'arrived' | 'again' | 'give_up'

const restGivenUp = ownError('not_sent', 'Not sent, because an earlier part was given up.', 'Не отправлено: от предыдущей части отказались.')

export interface DecideInput {
  entryId: string
  decision: UnconfirmedDecision
  actor: Actor
  ip?: string | undefined
}

/** A person decides on a message nobody knows the fate of. Throws `not_found`, and `conflict` when there is nothing to decide. */
export async function decideUnconfirmed(deps: { pool: Pool; jobs: Jobs }, input: DecideInput): Promise<EntryView> {
  const { entryId, decision } = input
  const view = await inRetriedTransaction(deps.pool, async (tx) => {
    await lockEntry(tx, entryId)
    const [before] = await presentEntries(tx, [entryId])
    if (before?.kind !== 'message' || before.direction !== 'outbound') throw new CoreError('not_found')
    const decided = await decide(tx, entryId, decision)
    if (decided === 0) throw new CoreError('conflict', 'There is nothing to decide about this message any more.')
    await insertAudit(tx, {
      id: newId(),
      actorId: actorId(input.actor),
      actor: input.actor.kind,
      action: 'message.decided',
      subject: entryId,
      detail: { decision },
      ip: input.ip ?? null,
    })
    if (before.conversationId) await hastenConversation(tx, before.conversationId)
    await settleEntry(tx, entryId)
    if (decision === 'give_up') await waitAgain(tx, before.conversationId)
    const [after] = await presentEntries(tx, [entryId])
    return after ?? before
  })
  if (view.conversationId) {
    for (const partId of await readDueParts(deps.pool, 1, { conversationId: view.conversationId })) await wakePart(deps.jobs, partId)
  }
  return view
}

async function decide(tx: Parameters<typeof decideParts>[0], entryId: string, decision: UnconfirmedDecision): Promise<number> {
  if (decision === 'arrived') return decideParts(tx, entryId, ['unconfirmed'], { status: 'sent', error: null })
  if (decision === 'again') return decideParts(tx, entryId, ['unconfirmed', 'failed'], { status: 'queued', error: null })
  const error = ownError(
    'given_up',
    'Given up by hand; whether it arrived is not known.',
    'Отправку отменили вручную; дошло ли сообщение, неизвестно.',
  )
  const given = await decideParts(tx, entryId, ['unconfirmed'], { status: 'failed', error })
  if (given > 0) await failRest(tx, entryId, restGivenUp)
  return given
}
