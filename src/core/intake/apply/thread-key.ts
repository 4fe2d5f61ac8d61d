const longestName = 900

/** An exchange that its vendor names, or the letter it began with; `contactId` when he writes into one that is not his. At most 1 000 characters. */
export function threadKey(name: string, contactId?: string): string {
  const thread = `thread:${name.slice(0, longestName)}`
  return contactId === undefined ? thread : `${thread}@${contactId}`
}
