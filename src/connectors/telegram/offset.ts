import type { Hub } from '../../core/connector/hub.ts'

const name = 'offset'
// After a week without updates Telegram counts on from a random number, which may be lower: an old offset would then confirm the unread.
// https://core.telegram.org/bots/api#update
const staleMs = 6 * 24 * 3600 * 1000

/** The first update that is not stored yet, and when that was known. */
export interface Position {
  offset: number
  at: Date
}

/** The cursor that goes into the transaction of a delivery. */
export function cursorOf({ offset, at }: Position): { name: string; value: string } {
  return { name, value: `${offset} ${at.toISOString()}` }
}

/** Where the last session stopped. */
export async function lastPosition(hub: Hub): Promise<Position | undefined> {
  const [offset, at] = ((await hub.state.get(name)) ?? '').split(' ')
  if (!offset || !at || !/^\d+$/.test(offset)) return undefined
  return { offset: Number(offset), at: new Date(at) }
}

/** The offset to ask with. Without one Telegram begins with the oldest update it still owes, and the keys of deliveries do the rest. */
export function offsetOf(position: Position | undefined, now: Date): number | undefined {
  return position && now.getTime() - position.at.getTime() < staleMs ? position.offset : undefined
}
