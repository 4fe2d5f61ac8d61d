import { createHash } from 'node:crypto'

/** Longest id that goes into an index as it is, UTF-16 units. */
const longestId = 400

/** An id fit for an index entry, which has its limit: a longer one is known by its hash, so that two that begin alike stay two. */
export function fitId(id: string): string {
  return id.length <= longestId ? id : `sha256:${createHash('sha256').update(id).digest('hex')}`
}
