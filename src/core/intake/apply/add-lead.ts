import type { Source } from '../../connector/event.ts'
import { newId } from '../../database/id.ts'
import type { EventContext } from './context.ts'

export interface Enquiry {
  contactId: string
  entryId: string
  topic: string
  source: Source | undefined
  at: Date
}

/** Opens a lead for a new face. */
export function addLead(context: EventContext, enquiry: Enquiry): void {
  const id = newId()
  const topic = enquiry.topic.slice(0, 300)
  const touch = touchOf(context, enquiry)
  context.known.addLead({ id, contactId: enquiry.contactId, topic })
  context.plan.leads.push({
    id,
    contact_id: enquiry.contactId,
    topic,
    source: enquiry.source ?? null,
    first_touch: touch,
    last_touch: touch,
    owner_id: context.known.contacts.get(enquiry.contactId)?.ownerId ?? null,
  })
}

/** A form opens a lead unless an open one on the same topic exists: then it is an enquiry on that. */
export function addLeadOrEnquiry(context: EventContext, enquiry: Enquiry): void {
  const open = context.known.leadsOf(enquiry.contactId).find((lead) => sameTopic(lead.topic, enquiry.topic))
  if (!open) {
    addLead(context, enquiry)
    return
  }
  context.plan.leadTouches.set(open.id, touchOf(context, enquiry))
}

function touchOf(context: EventContext, enquiry: Enquiry): Record<string, unknown> {
  return { entryId: enquiry.entryId, channelId: context.reading.channel.id, at: enquiry.at.toISOString(), source: enquiry.source ?? null }
}

function sameTopic(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.slice(0, 300).trim().toLowerCase()
}
