import { type Actor, actorId } from '../access/actor.ts'
import { announceConversations } from '../conversations/announce-conversations.ts'
import { endWaiting } from '../conversations/conversation-store.ts'
import type { Transaction } from '../database/pool.ts'
import { inRetriedTransaction } from '../database/retried-transaction.ts'
import { CoreError } from '../errors.ts'
import { type ComposeDeps, wakeOutbox } from './compose-message.ts'
import { type LockedConversation, lockConversation } from './message-store.ts'
import {
  finishScheduled,
  type HeldReason,
  hasNewerEntries,
  holdScheduled,
  lockScheduled,
  readScheduled,
  type ScheduledMessage,
  selectDue,
} from './scheduled-store.ts'
import { refuseStaleReply, StaleReply } from './stale-reply.ts'
import { type WrittenMessage, writeMessage } from './write-message.ts'

const mostAtOnce = 100
/** What should have left longer ago waits for a person: the hub was off, or a backup was put back. */
const overdueMs = 3_600_000

/**
 * Sends what is due, each in a transaction of its own: its entry, its outbox rows and its own end are one commit, so that it leaves once. One is held
 * for a person when the client or a colleague wrote since its author saw the conversation (promise 9), when it is an hour overdue, or when it
 * cannot be sent. Returns how many left.
 */
export async function sendDueMessages(deps: ComposeDeps): Promise<number> {
  let sent = 0
  for (const id of await selectDue(deps.pool, mostAtOnce)) {
    try {
      if (await sendOne(deps, id, undefined)) sent++
    } catch (error) {
      deps.logger.warn({ id, error: String(error) }, 'a scheduled message could not be sent; it will be tried again')
    }
  }
  return sent
}

/** A person sends it now, having seen what there is. Throws `not_found` and what `writeMessage` throws. */
export async function sendScheduledNow(deps: ComposeDeps, id: string, actor: Actor): Promise<void> {
  if (!(await sendOne(deps, id, actor))) throw new CoreError('not_found')
}

/** The conversation is locked before the message, as everywhere. `decidedBy`: nothing holds it, and a failure is told. */
async function sendOne(deps: ComposeDeps, id: string, decidedBy: Actor | undefined): Promise<boolean> {
  const found = await readScheduled(deps.pool, id)
  if (!found) return false
  const written = await inRetriedTransaction(deps.pool, async (tx) => {
    const conversation = await lockConversation(tx, found.conversationId)
    const message = conversation && (await lockScheduled(tx, id))
    if (!message || (!decidedBy && (message.state === 'held' || message.sendAt.getTime() > Date.now()))) return undefined
    const reason = decidedBy ? undefined : await reasonToHold(tx, message)
    const result = reason ? { held: reason, detail: null } : await attempt(deps, tx, message, conversation, decidedBy)
    if ('held' in result) await holdScheduled(tx, id, result.held, result.detail)
    await announceConversations(tx, [conversation.id])
    return 'held' in result ? undefined : result
  })
  if (written) await wakeOutbox(deps, written.firstPart)
  return written !== undefined
}

async function attempt(
  deps: ComposeDeps,
  tx: Transaction,
  message: ScheduledMessage,
  conversation: LockedConversation,
  decidedBy: Actor | undefined,
): Promise<WrittenMessage | { held: HeldReason; detail: string }> {
  await tx.query('savepoint attempt')
  try {
    const { author: actor, text, attachmentIds } = message
    const [subject, cc, buttons, template] = [
      message.subject ?? undefined,
      message.cc ?? undefined,
      message.buttons ?? undefined,
      message.template ?? undefined,
    ]
    const written = await writeMessage(deps, tx, { actor, text, attachmentIds, subject, cc, buttons, template }, conversation)
    await finishScheduled(tx, message.id, { state: 'sent', entryId: written.view.id })
    const ended = await endWaiting(tx, conversation.contactId)
    await announceConversations(
      tx,
      ended.map(({ id }) => id),
    )
    return written
  } catch (error) {
    if (!(error instanceof CoreError) || decidedBy) throw error
    await tx.query('rollback to savepoint attempt')
    return { held: 'failed', detail: error.message }
  }
}

async function reasonToHold(tx: Transaction, message: ScheduledMessage): Promise<HeldReason | undefined> {
  if (Date.now() - message.sendAt.getTime() > overdueMs) return 'overdue'
  try {
    await refuseStaleReply(tx, message.conversationId, message.author, message.seenCursor)
  } catch (error) {
    if (error instanceof StaleReply) return 'newer'
    if (!(error instanceof CoreError) || error.code !== 'cursor_expired') throw error
    return (await hasNewerEntries(tx, message.conversationId, message.createdAt, actorId(message.author))) ? 'newer' : undefined
  }
  return undefined
}
