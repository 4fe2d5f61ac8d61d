/** The name of the lock on whatever a vendor calls by this name, known or not. */
export function callLock(channelId: string, name: string): string {
  return `call ${channelId} ${name}`
}
