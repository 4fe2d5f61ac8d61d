import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createZstdDecompress } from 'node:zlib'
import { extract } from 'tar-stream'
import { BackupFailure } from './backup.ts'

/** One file of an archive. Its content is read to the end before the next one is asked for. */
export interface ArchiveEntry {
  name: string
  size: number
  content: AsyncIterable<Uint8Array>
}

const ageMark = 'age-encryption.org/v1'

/** Whether an archive asks for a passphrase. */
export async function isSealed(path: string): Promise<boolean> {
  const handle = await open(path, 'r').catch((error: unknown) => {
    throw new BackupFailure('not_found', `There is no backup ${path}.`, { cause: error })
  })
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(ageMark.length), 0, ageMark.length, 0)
    return buffer.toString('latin1', 0, bytesRead) === ageMark
  } finally {
    await handle.close()
  }
}

/**
 * The files of an archive, one after the other, in bounded memory.
 * @throws BackupFailure `not_found`, `passphrase`, `damaged`
 */
export async function* readArchive(path: string, passphrase: string | undefined): AsyncGenerator<ArchiveEntry> {
  const source = (await isSealed(path)) ? await opened(path, passphrase) : createReadStream(path)
  const tar = extract()
  const reading = pipeline(source, createZstdDecompress(), tar)
  // Told by the loop below, too.
  reading.catch(() => {})
  try {
    for await (const entry of tar) yield { name: entry.header.name, size: entry.header.size ?? 0, content: bytesOf(path, entry) }
    await reading
  } catch (error) {
    throw damaged(path, error)
  } finally {
    source.destroy()
  }
}

async function* bytesOf(path: string, content: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  try {
    // The types of tar-stream do not say that its entries give bytes.
    yield* content as AsyncIterable<Uint8Array>
  } catch (error) {
    throw damaged(path, error)
  }
}

function damaged(path: string, cause: unknown): BackupFailure {
  return new BackupFailure('damaged', `The backup ${path} is damaged: ${(cause as Error).message}.`, { cause })
}

async function opened(path: string, passphrase: string | undefined): Promise<Readable> {
  if (!passphrase) throw new BackupFailure('passphrase', `The backup ${path} is encrypted: give its passphrase in BACKUP_PASSPHRASE.`)
  const { Decrypter } = await import('age-encryption')
  const decrypter = new Decrypter()
  decrypter.addPassphrase(passphrase)
  const file = createReadStream(path)
  try {
    // Types of Node and of the browser for the very same streams.
    const plain = await decrypter.decrypt(Readable.toWeb(file) as ReadableStream<Uint8Array>)
    return Readable.fromWeb(plain as Parameters<typeof Readable.fromWeb>[0])
  } catch (error) {
    file.destroy()
    throw new BackupFailure('passphrase', `The backup ${path} was encrypted with another passphrase.`, { cause: error })
  }
}
