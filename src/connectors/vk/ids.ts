/** `<peer>:<number within the conversation>`: sending, echoes, reactions and read marks all name it. Stored: the format must not change. */
export function writeMessageId(peerId: number, conversationMessageId: number): string {
  return `${peerId}:${conversationMessageId}`
}

/** Undefined for what is not a message (a pressed button). */
export function readMessageId(externalId: string): { peerId: number; conversationMessageId: number } | undefined {
  const match = /^(\d+):(\d+)$/.exec(externalId)
  return match ? { peerId: Number(match[1]), conversationMessageId: Number(match[2]) } : undefined
}
