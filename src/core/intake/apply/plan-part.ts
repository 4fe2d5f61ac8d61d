import { type EventContext, outcomeOf, settle } from './context.ts'
import { groupName, joinPieces, type PartEvent } from './parts.ts'
import { planMessage } from './plan-message.ts'

/**
 * A piece of a long message waits for the others; the last of them makes the message, whichever it is. One that comes after the message had to
 * be shown without it (`showIncomplete`) is put in its place.
 */
export function planPart(context: EventContext, event: PartEvent): void {
  const { channel, delivery } = context.reading
  const group = `${channel.id} ${groupName(event)}`
  const waiting = context.known.parts.get(group) ?? []
  // The vendor counts its groups anew: this is a piece of another message, and better shown alone than not at all.
  if (waiting.some((piece) => piece.event.part.index === event.part.index)) {
    planMessage(context, event)
    return
  }
  const shownAs = waiting.find((piece) => piece.shownAs !== undefined)?.shownAs
  const pieces = [...waiting, { event, deliveryId: delivery.id, shownAs }]
  context.known.parts.set(group, pieces)
  context.plan.parts.push({
    channel_id: channel.id,
    key: event.key,
    waits_for: groupName(event),
    event: { ...event, shownAs },
    delivery_id: delivery.id,
  })
  const isWhole = pieces.length === event.part.count
  if (isWhole) {
    context.known.parts.delete(group)
    context.plan.wholeGroups.push({ channelId: channel.id, group: groupName(event) })
  }
  if (shownAs !== undefined) planLatePiece(context, event, { pieces: pieces.map((piece) => piece.event), shownAs })
  else if (isWhole) planWhole(context, event.key, pieces)
  else settle(context, event.key, event.type, 'waiting', 'its other parts have not come yet')
}

/** Plans the whole message, and notes of each of its pieces what became of it; one of this batch has its outcome already. */
function planWhole(context: EventContext, key: string, pieces: { event: PartEvent; deliveryId: string }[]): void {
  const { outcomes } = context.plan
  const planned = outcomes.length
  planMessage(context, joinPieces(pieces.map((piece) => piece.event)))
  const [made] = outcomes.splice(planned)
  if (!made) return
  const { status, reason, entryId } = made
  for (const { event, deliveryId } of pieces) {
    const known = outcomes.find((one) => one.channelId === made.channelId && one.key === event.key)
    if (known) Object.assign(known, { status, reason, entryId })
    else if (event.key === key) settle(context, key, event.type, status, reason, entryId)
    else outcomes.push({ ...outcomeOf(context, event.key, event.type, status, reason, entryId), deliveryId })
  }
}

/** An edit of what is shown, later than the one before because it holds one piece more. */
function planLatePiece(context: EventContext, event: PartEvent, { pieces, shownAs }: { pieces: PartEvent[]; shownAs: string }): void {
  const outcome = outcomeOf(context, event.key, event.type, 'waiting', null, null)
  const { text } = joinPieces(pieces)
  const occurredAt = pieces
    .flatMap((piece) => piece.occurredAt ?? [])
    .sort()
    .at(-1)
  context.plan.outcomes.push(outcome)
  context.plan.effects.push({
    outcome,
    event: { type: 'message.edited', key: `part ${pieces.length}`, externalId: shownAs, text, ...(occurredAt !== undefined && { occurredAt }) },
  })
}
