import type { Readable } from 'node:stream'
import yauzl from 'yauzl'
import { UnreadableFile } from './unreadable-file.ts'

const mostEntries = 5_000
/** Bytes once unpacked, over all that is in the file. */
const mostUnpacked = 1024 * 1024 * 1024
/** Sheets pack well, but none of people's data two hundred times. */
const mostTimes = 200
const harmless = 32 * 1024 * 1024

export interface OpenedZip {
  /** Undefined when there is no such entry. Throws `UnreadableFile` from the stream when it holds more than it says. */
  open(name: string): Promise<Readable | undefined>
  close(): void
}

/** Looks at the whole table of contents before a byte is unpacked. Throws `UnreadableFile`. */
export async function openZip(bytes: Buffer): Promise<OpenedZip> {
  const zip = await yauzl.fromBufferPromise(bytes, { lazyEntries: true, validateEntrySizes: true }).catch((error: unknown) => {
    throw new UnreadableFile('broken_zip', undefined, error)
  })
  const entries = new Map<string, yauzl.Entry>()
  let unpacked = 0
  try {
    for await (const entry of zip.eachEntry()) {
      unpacked += entry.uncompressedSize
      const isTooTight = entry.uncompressedSize > harmless && entry.uncompressedSize > entry.compressedSize * mostTimes
      if (entries.size >= mostEntries || unpacked > mostUnpacked || isTooTight) throw new UnreadableFile('zip_bomb')
      entries.set(entry.fileName.replace(/^\//, '').toLowerCase(), entry)
    }
  } catch (error) {
    throw error instanceof UnreadableFile ? error : new UnreadableFile('broken_zip', undefined, error)
  }
  return {
    async open(name) {
      const entry = entries.get(name.replace(/^\//, '').toLowerCase())
      if (!entry) return undefined
      return await zip.openReadStreamPromise(entry).catch((error: unknown) => {
        throw new UnreadableFile('broken_zip', undefined, error)
      })
    },
    close: () => zip.close(),
  }
}
