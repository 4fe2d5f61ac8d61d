import type { Logger } from '../connector/hub.ts'

const everyMs = 10_000

/**
 * Warns of the same fault once in ten seconds, with how often it came since: while the database is away every queue meets it ten times a second
 * (BullMQ asks again by itself). `now` in ms.
 */
export function warnRarely(logger: Logger, text: string, now: () => number = Date.now): (fields: { error: string }) => void {
  const told = new Map<string, { at: number; unsaid: number }>()
  return (fields) => {
    const before = told.get(fields.error)
    if (before && now() - before.at < everyMs) {
      before.unsaid++
      return
    }
    for (const [error, { at }] of told) if (now() - at >= everyMs) told.delete(error)
    told.set(fields.error, { at: now(), unsaid: 0 })
    logger.warn({ ...fields, ...(before && before.unsaid > 0 && { unsaid: before.unsaid }) }, text)
  }
}
