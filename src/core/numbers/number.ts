/** By what a PBX knows a user: an extension, a SIP name or a phone; without a channel: on all. */
export interface UserNumber {
  userId: string
  channelId: string | null
  value: string
}

/** The one form in which numbers of users are compared with what PBXs say of their phones. */
export function foldNumber(value: string): string {
  return value.replaceAll('\u0000', '').trim().toLowerCase()
}
