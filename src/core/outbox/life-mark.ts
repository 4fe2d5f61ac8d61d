import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

/** How far the database had come when a hub that sends last looked, as its DATA_DIR remembers it. */
const lifeMark = z.object({
  home: z.string(),
  /** Bytes of write-ahead log flushed since the cluster was made: never fewer, unless the cluster was put back. */
  written: z.string().regex(/^\d+$/),
  at: z.iso.datetime(),
})
export type LifeMark = z.infer<typeof lifeMark>

export interface FoundLifeMark extends LifeMark {
  /** When the file's content, and when anything of the file, was last changed, ms since 1970. No program can set the latter. */
  modifiedMs: number
  changedMs: number
}

/** Clocks of file servers and of tools that copy. */
const toleranceMs = 2 * 60_000

/**
 * True when the database, or the folder that holds it, is an older state than the mark saw. `isEmbedded`: the mark lies beside the database and is
 * put back together with it; then the file's own times betray that it was not we who wrote it. A rolled back disk image (a snapshot of a virtual
 * machine) looks untouched: there only the age of a message helps (`readOverdueParts`).
 */
export function isOlderThanMark(now: Pick<LifeMark, 'home' | 'written'>, mark: FoundLifeMark, isEmbedded: boolean): boolean {
  const writtenMs = Date.parse(mark.at)
  const isForeign = Math.abs(mark.modifiedMs - writtenMs) > toleranceMs || Math.abs(mark.changedMs - writtenMs) > toleranceMs
  if (isEmbedded && isForeign) return true
  return mark.home === now.home && BigInt(mark.written) > BigInt(now.written)
}

/** Undefined when there is none, or it cannot be read: a hub that starts for the first time, or lost power while writing. */
export async function readLifeMark(dataDir: string): Promise<FoundLifeMark | undefined> {
  try {
    const [text, file] = await Promise.all([readFile(fileOf(dataDir), 'utf8'), stat(fileOf(dataDir))])
    return { ...lifeMark.parse(JSON.parse(text)), modifiedMs: file.mtimeMs, changedMs: file.ctimeMs }
  } catch {
    return undefined
  }
}

/** Whole or not at all. */
export async function writeLifeMark(dataDir: string, mark: LifeMark): Promise<void> {
  await mkdir(dataDir, { recursive: true })
  const temporary = `${fileOf(dataDir)}.${process.pid}.part`
  await writeFile(temporary, JSON.stringify(mark), { mode: 0o600 })
  await rename(temporary, fileOf(dataDir))
}

function fileOf(dataDir: string): string {
  return join(dataDir, 'life-mark.json')
}
