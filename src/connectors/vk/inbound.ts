import type { z } from 'zod'
import { deliveryKey, type ReceivedDelivery } from '../../core/connector/delivery.ts'
import type { InboundEvent } from '../../core/connector/event.ts'
import { readLead } from './inbound-leads.ts'
import { readEcho, readEdited, readNew } from './inbound-messages.ts'
import { readButton, readMarks, readPermission, readReaction } from './inbound-signs.ts'
import {
  type Around,
  type Envelope,
  lead,
  message,
  messageNew,
  permission,
  pressedButton,
  profile,
  reaction,
  readEnvelope,
  readMark,
} from './payloads.ts'
import type { Settings } from './settings.ts'

type Reader = (value: unknown, around: Around) => InboundEvent[]

const readers: Record<string, Reader> = {
  message_new: reader(messageNew, readNew),
  message_reply: reader(message, readEcho),
  message_edit: reader(message, readEdited),
  message_event: reader(pressedButton, readButton),
  message_read: reader(readMark, readMarks),
  message_reaction_event: reader(reaction, readReaction),
  message_allow: reader(permission, (value, around) => readPermission(value, around, false)),
  message_deny: reader(permission, (value, around) => readPermission(value, around, true)),
  lead_forms_new: reader(lead, readLead),
}

/** One event to what happened: https://dev.vk.com/en/api/community-events/json-schema */
export function normalise(delivery: ReceivedDelivery, settings: Settings): InboundEvent[] {
  const event = readEnvelope(delivery.body)
  const key = event?.event_id ?? deliveryKey(delivery)
  if (!event) return [{ type: 'malformed', key: `malformed:${key}`, reason: 'The body is not an event of the Callback API' }]
  if (String(event.group_id) !== settings.groupId) return [unsupported(key, `An event of another community (${event.group_id})`)]
  const read = Object.hasOwn(readers, event.type) ? readers[event.type] : undefined
  if (!read) return [unsupported(key, `Events of the type ${event.type} are not carried`)]
  return read(event.object, { key, ...addedBySession(delivery, event) })
}

/** Only the session adds these, and only over its own connection: a webhook cannot name people. */
function addedBySession(delivery: ReceivedDelivery, event: Envelope): Pick<Around, 'profile' | 'isFound'> {
  if (delivery.method !== 'POLL') return { isFound: false }
  return { profile: profile.safeParse(event.profile).data, isFound: event.found === true }
}

function unsupported(key: string, reason: string): InboundEvent {
  return { type: 'unsupported', key: `event:${key}`, reason }
}

function reader<Value>(schema: z.ZodType<Value>, read: (value: Value, around: Around) => InboundEvent[]): Reader {
  return (value, around) => {
    const parsed = schema.safeParse(value)
    if (parsed.success) return read(parsed.data, around)
    const places = parsed.error.issues.map((issue) => issue.path.join('.') || 'the object itself').join(', ')
    return [{ type: 'malformed', key: `malformed:${around.key}`, reason: `Cannot be read: ${places}` }]
  }
}
