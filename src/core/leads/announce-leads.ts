import type { Transaction } from '../database/pool.ts'
import { appendLiveEvents } from '../realtime/append-live-events.ts'
import type { LeadView } from './lead.ts'
import { presentLeads } from './present-lead.ts'

/** Tells the consoles how leads stand now; gives the views in the order of `ids`. */
export async function announceLeads(tx: Transaction, ids: string[], type: 'lead.created' | 'lead.changed' = 'lead.changed'): Promise<LeadView[]> {
  const views = await presentLeads(tx, ids)
  await appendLiveEvents(
    tx,
    views.map((view) => ({ type, contactId: view.contactId, subjectId: view.id, payload: view })),
  )
  return views
}
