import { newId } from '../../database/id.ts'
import type { StoredEvent } from '../read-events.ts'
import { type EventContext, settle, timesOf } from './context.ts'

/** A touch without a contact: kept whole, so that a release gives it its original time. */
export function quarantine(context: EventContext, event: StoredEvent, reason: string): void {
  const { channel, delivery } = context.reading
  const times = timesOf(context, event.occurredAt)
  const id = newId()
  context.plan.quarantine.push({
    id,
    channel_id: channel.id,
    delivery_id: delivery.id,
    key: event.key,
    reason: reason.slice(0, 300),
    event,
    occurred_at: times.occurredAt.toISOString(),
    received_at: times.receivedAt.toISOString(),
  })
  context.plan.live.push({ type: 'quarantine.changed', channelId: channel.id, subjectId: id, payload: { id, reason } })
  settle(context, event.key, event.type, 'quarantined', reason)
}
