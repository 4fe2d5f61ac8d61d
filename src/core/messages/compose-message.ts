import type { Logger } from '../connector/hub.ts'
import type { Pool, Transaction } from '../database/pool.ts'
import { inRetriedTransaction } from '../database/retried-transaction.ts'
import { CoreError } from '../errors.ts'
import type { Jobs } from '../jobs/queue.ts'
import { wakePart } from '../outbox/outbox-worker.ts'
import type { EntryView } from '../timeline/entry.ts'
import { lockConversation } from './message-store.ts'
import { refuseStaleReply } from './stale-reply.ts'
import { type MessageInput, type WriteDeps, writeMessage } from './write-message.ts'

export interface ComposeDeps extends WriteDeps {
  pool: Pool
  jobs: Jobs
  logger: Logger
}

export interface ComposeInput extends Omit<MessageInput, 'to'> {
  conversationId: string
  /** How far the author has seen the live stream; absent: no check. */
  lastSeenCursor?: string | undefined
}

/**
 * Writes a message and all that sends it in one transaction, with what `alongside` does, then wakes the outbox. Throws `StaleReply`, and CoreErrors
 * `not_found`, `invalid_request`, `channel_paused`, `no_way_back`, `unsupported`, `cursor_expired`.
 */
export async function composeMessage(deps: ComposeDeps, input: ComposeInput, alongside?: (tx: Transaction) => Promise<void>): Promise<EntryView> {
  const { view, firstPart } = await inRetriedTransaction(deps.pool, async (tx) => {
    const conversation = await lockConversation(tx, input.conversationId)
    if (!conversation) throw new CoreError('not_found')
    if (input.lastSeenCursor) await refuseStaleReply(tx, conversation.id, input.actor, input.lastSeenCursor)
    const written = await writeMessage(deps, tx, input, conversation)
    await alongside?.(tx)
    return written
  })
  await wakeOutbox(deps, firstPart)
  return view
}

/** A lost wake-up is found by the sweep: the message is safe, and its author is not kept waiting for the job store. */
export async function wakeOutbox(deps: Pick<ComposeDeps, 'jobs' | 'logger'>, partId: string): Promise<void> {
  await wakePart(deps.jobs, partId).catch((error: unknown) => deps.logger.warn({ error: String(error) }, 'the outbox could not be woken'))
}
