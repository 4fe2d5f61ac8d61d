/** Names one message for ever: its number counts per chat, and anew in each business connection. */
export interface MessageId {
  chatId: number
  messageId: number
  businessConnectionId?: string | undefined
}

/** `<chat>:<message>` or `<business connection>:<chat>:<message>`. Stored: the format must not change. */
export function writeMessageId({ chatId, messageId, businessConnectionId }: MessageId): string {
  const id = `${chatId}:${messageId}`
  return businessConnectionId === undefined ? id : `${businessConnectionId}:${id}`
}

/** Undefined for what is not a message (a pressed button). */
export function readMessageId(externalId: string): MessageId | undefined {
  const match = /^(?:(?<business>[^:]+):)?(?<chat>-?\d+):(?<message>\d+)$/.exec(externalId)
  if (!match?.groups) return undefined
  const { business, chat, message } = match.groups
  return { chatId: Number(chat), messageId: Number(message), businessConnectionId: business }
}

/** Names the picture of a person for `fetchMedia`: which file it is has to be asked. */
export function writePictureRef(userId: number): string {
  return `profile:${userId}`
}

/** Undefined for the id of a file. */
export function readPictureRef(ref: string): number | undefined {
  const id = /^profile:(\d+)$/.exec(ref)?.[1]
  return id === undefined ? undefined : Number(id)
}
