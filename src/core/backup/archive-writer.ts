import { createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createZstdCompress } from 'node:zlib'
import { pack } from 'tar-stream'

export interface ArchiveWriter {
  add(name: string, bytes: Buffer): Promise<void>
  /** `size` is exact: the archive says it before the content. */
  addStream(name: string, size: number, content: AsyncIterable<Uint8Array>): Promise<void>
}

/**
 * Writes a tar, packed by zstd and, with a passphrase, sealed by age (scrypt, ChaCha20-Poly1305 in chunks), so that `age -d` and `tar --zstd`
 * can open it without us. It stands under its name only when it is whole and on the disk; what breaks off leaves `<path>.unfinished`.
 */
export async function writeArchive(path: string, passphrase: string | undefined, fill: (archive: ArchiveWriter) => Promise<void>): Promise<void> {
  const unfinished = `${path}.unfinished`
  const tar = pack()
  const packed = Readable.from(tar as AsyncIterable<Uint8Array>, { objectMode: false }).pipe(createZstdCompress())
  const writing = passphrase
    ? pipeline(await sealed(packed, passphrase), createWriteStream(unfinished, { mode: 0o600 }))
    : pipeline(packed, createWriteStream(unfinished, { mode: 0o600 }))
  const filling = fill(writerOf(tar)).then(
    () => tar.finalize(),
    (error: unknown) => {
      packed.destroy(error as Error)
      throw error
    },
  )
  try {
    await Promise.all([filling, writing])
    await sync(unfinished)
    await rename(unfinished, path)
    await sync(dirname(path))
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}

function writerOf(tar: ReturnType<typeof pack>): ArchiveWriter {
  const entry = (name: string, size: number) => {
    let done: (error?: Error | null) => void = () => {}
    const ended = new Promise<void>((resolve, reject) => {
      done = (error) => (error ? reject(error) : resolve())
    })
    return { sink: tar.entry({ name, size, mode: 0o600 }, (error) => done(error)), ended }
  }
  return {
    async add(name, bytes) {
      const { sink, ended } = entry(name, bytes.length)
      sink.end(bytes)
      await ended
    },
    async addStream(name, size, content) {
      const { sink, ended } = entry(name, size)
      await Promise.all([pipeline(Readable.from(content, { objectMode: false }), sink), ended])
    },
  }
}

async function sealed(content: Readable, passphrase: string): Promise<Readable> {
  const { Encrypter } = await import('age-encryption')
  const encrypter = new Encrypter()
  encrypter.setPassphrase(passphrase)
  // Types of Node and of the browser for the very same streams.
  return Readable.fromWeb((await encrypter.encrypt(Readable.toWeb(content) as ReadableStream<Uint8Array>)) as Parameters<typeof Readable.fromWeb>[0])
}

async function sync(path: string): Promise<void> {
  // Windows cannot open a folder for syncing; NTFS journals its entries itself.
  const handle = await open(path, 'r').catch(() => undefined)
  await handle?.sync().catch(() => {})
  await handle?.close()
}
