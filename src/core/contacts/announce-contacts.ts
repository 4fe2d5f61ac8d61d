import type { Transaction } from '../database/pool.ts'
import { appendLiveEvents } from '../realtime/append-live-events.ts'
import type { ContactView } from './contact.ts'
import { presentContacts } from './present-contact.ts'

/** Tells the consoles how contacts look now; gives the views in the order of `ids`. */
export async function announceContacts(
  tx: Transaction,
  ids: string[],
  type: 'contact.created' | 'contact.changed' = 'contact.changed',
): Promise<ContactView[]> {
  const views = await presentContacts(tx, ids)
  await appendLiveEvents(
    tx,
    views.map((view) => ({ type, contactId: view.id, subjectId: view.id, payload: view })),
  )
  return views
}
