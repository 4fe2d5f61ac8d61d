import type { EntryItem } from './entry-item.ts'

const closeMs = 5 * 60_000

/** True when an entry goes on with what its author said just before, so that one meta line serves both. */
export function continues(before: EntryItem | undefined, entry: EntryItem): boolean {
  if (before?.kind !== 'message' || entry.kind !== 'message') return false
  const isSame = (['conversationId', 'direction', 'authorId', 'from', 'status', 'subject', 'automatic'] as const).every(
    (key) => before[key] === entry[key],
  )
  const isPlain = entry.editedAt === null && entry.error === null && entry.status !== 'unconfirmed' && entry.extra?.perhapsRepeated !== true
  return isSame && isPlain && Date.parse(entry.occurredAt) - Date.parse(before.occurredAt) < closeMs
}
