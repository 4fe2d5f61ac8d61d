import { callNews, joinNews } from '../../calls/call-news.ts'
import { presentContacts } from '../../contacts/present-contact.ts'
import type { Transaction } from '../../database/pool.ts'
import { presentLeads } from '../../leads/present-lead.ts'
import type { LiveEventType, NewLiveEvent } from '../../realtime/live-event.ts'
import { presentEntries } from '../../timeline/present-entry.ts'
import type { Plan } from './plan.ts'

/** What consoles are to hear of a batch, in the whole shape of each thing; what is new comes before what changed. */
export async function newsOf(tx: Transaction, plan: Plan, changedEntries: string[], options: { isSilent: boolean }): Promise<NewLiveEvent[]> {
  const created = plan.entries.map((entry) => String(entry.id))
  const [newContacts, changedContacts, newLeads, changedLeads, calls, entries, changed] = await Promise.all([
    contactNews(tx, 'contact.created', idsOf(plan.contacts)),
    contactNews(tx, 'contact.changed', [...plan.changedContacts]),
    leadNews(tx, 'lead.created', idsOf(plan.leads)),
    leadNews(tx, 'lead.changed', [...plan.leadTouches.keys()]),
    callNews(
      tx,
      [...plan.calls].map((call) => call.id),
    ),
    entryNews(tx, options.isSilent ? 'entry.changed' : 'entry.created', created),
    entryNews(tx, 'entry.changed', [...new Set(changedEntries)]),
  ])
  const joined = joinNews(plan.joinedCalls)
  return [...plan.live, ...newContacts, ...changedContacts, ...newLeads, ...changedLeads, ...joined, ...calls, ...entries, ...changed]
}

async function contactNews(tx: Transaction, type: LiveEventType, ids: string[]): Promise<NewLiveEvent[]> {
  const views = ids.length === 0 ? [] : await presentContacts(tx, ids)
  return views.map((view) => ({ type, contactId: view.id, subjectId: view.id, payload: view }))
}

async function leadNews(tx: Transaction, type: LiveEventType, ids: string[]): Promise<NewLiveEvent[]> {
  const views = ids.length === 0 ? [] : await presentLeads(tx, ids)
  return views.map((view) => ({ type, contactId: view.contactId, subjectId: view.id, payload: view }))
}

/** Also for changes outside of a batch. */
export async function entryNews(tx: Transaction, type: LiveEventType, ids: string[]): Promise<NewLiveEvent[]> {
  const views = ids.length === 0 ? [] : await presentEntries(tx, ids)
  return views.map((view) => ({
    type,
    contactId: view.contactId,
    conversationId: view.conversationId,
    channelId: view.channelId,
    subjectId: view.id,
    payload: view,
  }))
}

function idsOf(rows: Plan['contacts']): string[] {
  return rows.map((row) => String(row.id))
}
