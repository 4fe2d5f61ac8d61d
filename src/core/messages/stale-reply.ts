import { type Actor, actorId } from '../access/actor.ts'
import type { Transaction } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import { CursorExpired, parseCursor } from '../realtime/live-event.ts'
import { readLiveEvents } from '../realtime/read-live-events.ts'
import type { EntryView } from '../timeline/entry.ts'
import { presentEntries } from '../timeline/present-entry.ts'
import { readUnseenEntries } from './message-store.ts'

/** A reply written without having seen what came since (promise 9). Carries what was not seen, oldest first. */
export class StaleReply extends CoreError {
  readonly unseen: EntryView[]

  constructor(unseen: EntryView[]) {
    super('stale_reply', undefined, { unseen })
    this.name = 'StaleReply'
    this.unseen = unseen
  }
}

/**
 * Throws `StaleReply` when the client or another author wrote in this conversation behind the cursor. Old mail fetched on set-up and
 * one's own entries do not count. Throws `cursor_expired` for a cursor that is too old to tell. Call with the conversation locked.
 */
export async function refuseStaleReply(tx: Transaction, conversationId: string, actor: Actor, lastSeenCursor: string): Promise<void> {
  try {
    await readLiveEvents(tx, { after: lastSeenCursor, limit: 1 })
    const unseen = await readUnseenEntries(tx, conversationId, parseCursor(lastSeenCursor), actorId(actor))
    if (unseen.length > 0) throw new StaleReply(await presentEntries(tx, unseen))
  } catch (error) {
    if (error instanceof CursorExpired) throw new CoreError('cursor_expired', error.message, {}, { cause: error })
    throw error
  }
}
