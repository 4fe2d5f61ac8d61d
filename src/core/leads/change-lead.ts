import { actorId } from '../access/actor.ts'
import type { Caller } from '../access/audit.ts'
import { requireTargets } from '../contacts/contact-store.ts'
import { editCard } from '../contacts/edit-contact.ts'
import { requireCard } from '../contacts/visible-contacts.ts'
import { newId } from '../database/id.ts'
import { inTransaction, type Pool } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import { announceLeads } from './announce-leads.ts'
import type { LeadStatus, LeadView } from './lead.ts'
import { insertLead, lockLead, updateLead } from './lead-store.ts'

interface Deps {
  pool: Pool
}

/** Absent: stays. */
export interface LeadPatch {
  status?: LeadStatus | undefined
  topic?: string | undefined
  lostReason?: string | null | undefined
  ownerId?: string | null | undefined
}

/**
 * Changes a lead. `lost` needs its reason and other statuses have none; `won` makes the contact a client. Whoever sets a new lead to work without
 * an owner becomes its owner. Throws `not_found`; `invalid_request` for a lost lead without a reason.
 */
export async function changeLead({ pool }: Deps, id: string, patch: LeadPatch, caller: Caller): Promise<LeadView> {
  return await inTransaction(pool, async (tx) => {
    const before = await lockLead(tx, id)
    await requireCard(tx, caller.actor, before.contactId)
    await requireTargets(tx, { ownerId: patch.ownerId })
    const status = patch.status ?? before.status
    const lostReason = status === 'lost' ? (patch.lostReason ?? before.lostReason) : null
    if (status === 'lost' && !lostReason?.trim()) throw new CoreError('invalid_request', 'Say why the lead was lost.')
    const isTaken = patch.ownerId === undefined && before.ownerId === null && status === 'working' && caller.actor.kind === 'user'
    const ownerId = isTaken ? actorId(caller.actor) : patch.ownerId === undefined ? before.ownerId : patch.ownerId
    await updateLead(tx, id, { ...before, status, topic: patch.topic ?? before.topic, lostReason, ownerId })
    if (status === 'won' && before.status !== 'won') await editCard(tx, before.contactId, { stage: 'client' }, caller)
    const [view] = await announceLeads(tx, [id])
    if (!view) throw new CoreError('not_found')
    return view
  })
}

/** A lead opened by hand on a known client. Throws `not_found`. */
export async function openLead(
  { pool }: Deps,
  lead: { contactId: string; topic: string; ownerId?: string | null | undefined },
  { actor }: Caller,
): Promise<LeadView> {
  return await inTransaction(pool, async (tx) => {
    const contactId = await requireCard(tx, actor, lead.contactId)
    await requireTargets(tx, lead)
    const id = newId()
    const ownerId = lead.ownerId ?? (actor.kind === 'user' ? actorId(actor) : null)
    await insertLead(tx, id, { contactId, status: 'new', topic: lead.topic, lostReason: null, ownerId })
    const [view] = await announceLeads(tx, [id], 'lead.created')
    if (!view) throw new CoreError('internal')
    return view
  })
}
