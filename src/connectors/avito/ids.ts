/** Where a message stands: everything at Avito is addressed by account and chat. */
export interface MessageId {
  accountId: string
  chatId: string
  messageId: string
}

/** `<account>/<chat>/<message>`. Stored: the format must not change. */
export function writeMessageId({ accountId, chatId, messageId }: MessageId): string {
  return `${accountId}/${chatId}/${messageId}`
}

export function readMessageId(externalId: string): MessageId | undefined {
  const [accountId = '', chatId = '', messageId = '', ...rest] = externalId.split('/')
  return accountId === '' || chatId === '' || messageId === '' || rest.length > 0 ? undefined : { accountId, chatId, messageId }
}
