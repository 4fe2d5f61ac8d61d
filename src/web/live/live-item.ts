/** One event of the live stream, as the socket gives it. */
export interface LiveItem {
  cursor: string
  type: string
  contactId: string | null
  conversationId: string | null
  channelId: string | null
  subjectId: string | null
  payload: Record<string, unknown>
}

/** True when cursor `a` (`<transaction>.<id>`) lies before `b`. */
export function isBefore(a: string, b: string): boolean {
  const [aTransaction = '0', aId = '0'] = a.split('.')
  const [bTransaction = '0', bId = '0'] = b.split('.')
  return BigInt(aTransaction) < BigInt(bTransaction) || (aTransaction === bTransaction && BigInt(aId) < BigInt(bId))
}
