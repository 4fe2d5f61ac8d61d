import type { Queryable } from '../database/pool.ts'
import type { NewLiveEvent } from '../realtime/live-event.ts'
import type { JoinedCall } from './call-store.ts'
import { presentCalls } from './present-call.ts'

/** What consoles hear of calls that are no longer as they were: the whole call each time. */
export async function callNews(db: Queryable, ids: readonly string[]): Promise<NewLiveEvent[]> {
  const views = await presentCalls(db, ids)
  return views.map((view) => ({
    type: 'call.changed',
    contactId: view.contactId,
    conversationId: view.conversationId,
    channelId: view.channelId,
    subjectId: view.id,
    payload: view,
  }))
}

/** Consoles forget a call that is another one, and its entry. */
export function joinNews(joined: readonly JoinedCall[]): NewLiveEvent[] {
  return joined.map(({ from, into, contactId }) => ({ type: 'call.joined', contactId, subjectId: from, payload: { id: from, into } }))
}
