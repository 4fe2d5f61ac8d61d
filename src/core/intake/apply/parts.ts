import type { StoredEvent } from '../read-events.ts'

export type MessageEvent = Extract<StoredEvent, { type: 'message' }>
export type PartEvent = MessageEvent & { part: NonNullable<MessageEvent['part']> }

/** A piece of a long message that waits for the others, as `waiting_events` keeps it. */
export interface Piece {
  deliveryId: string
  event: PartEvent
  /** External id of the entry, once the message had to be shown without its missing pieces. */
  shownAs?: string | undefined
}

/** Stands in a text where a piece never came. */
const gap = '[…]'

/** Undefined for a whole message, and for one whose numbering makes no sense: it is then taken as it is. */
export function asPart(event: MessageEvent): PartEvent | undefined {
  const { part } = event
  if (!part || part.count < 2 || !Number.isInteger(part.index) || part.index < 1 || part.index > part.count) return undefined
  return { ...event, part }
}

/** What the pieces of one message wait for. */
export function groupName({ part }: PartEvent): string {
  return `part:${part.count}:${part.group}`
}

/**
 * The message that pieces make, in their own order, whatever came first; the first of them names it. Where one is missing the text says so.
 * There has to be at least one.
 */
export function joinPieces(pieces: readonly PartEvent[]): MessageEvent {
  const ordered = pieces.toSorted((a, b) => a.part.index - b.part.index)
  const [first] = ordered
  if (!first) throw new Error('No piece to join.')
  const { part, ...whole } = first
  const times = ordered.flatMap(({ occurredAt }) => occurredAt ?? []).sort()
  return {
    ...whole,
    ...(times[0] !== undefined && { occurredAt: times[0] }),
    text: textOf(ordered, part.count),
    attachments: ordered.flatMap(({ attachments }) => attachments),
  }
}

function textOf(ordered: PartEvent[], count: number): string {
  const texts = new Map(ordered.map(({ part, text }) => [part.index, text]))
  const runs = Array.from({ length: count }, (_, index) => texts.get(index + 1) ?? gap)
  return runs.filter((text, index) => text !== gap || runs[index - 1] !== gap).join('')
}
