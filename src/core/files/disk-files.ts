import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, opendir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { FSDriver } from 'flydrive/drivers/fs'
import { type ByteRange, FileMissing } from './file-missing.ts'

/** Files in `dataDir/files`. */
export function openDiskFiles(dataDir: string) {
  const root = join(dataDir, 'files')
  const driver = new FSDriver({ location: root, visibility: 'private' })
  return {
    write: (name: string, bytes: Uint8Array) => writeDurably(join(root, name), (file) => file.writeFile(bytes)),
    writeStream: (name: string, _size: number, content: AsyncIterable<Uint8Array>) =>
      writeDurably(join(root, name), (file) => file.writeFile(content)),
    async read(name: string) {
      await assertThere(root, name)
      return driver.getBytes(name)
    },
    async stream(name: string, range?: ByteRange) {
      await assertThere(root, name)
      return range ? createReadStream(join(root, name), range) : driver.getStream(name)
    },
    remove: (name: string) => driver.delete(name),
    list: () => listFolder(root, ''),
  }
}

const unfinishedSuffix = '.part'

async function* listFolder(root: string, prefix: string): AsyncGenerator<{ name: string; size: number }> {
  const folder = await opendir(join(root, prefix)).catch(ignoreMissing)
  if (!folder) return
  for await (const item of folder) {
    const name = `${prefix}${item.name}`
    if (item.isDirectory()) yield* listFolder(root, `${name}/`)
    if (!item.isFile() || name.endsWith(unfinishedSuffix)) continue
    const found = await stat(join(root, name)).catch(ignoreMissing)
    if (found) yield { name, size: found.size }
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}

/** flydrive writes without fsync: content and folder entries must be on the disk before anybody is told "yes". */
async function writeDurably(path: string, fill: (file: FileHandle) => Promise<void>): Promise<void> {
  const folder = dirname(path)
  const firstMade = await mkdir(folder, { recursive: true })
  const temporary = `${path}.${randomBytes(6).toString('hex')}${unfinishedSuffix}`
  try {
    const file = await open(temporary, 'wx', 0o600)
    try {
      await fill(file)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  await syncFolder(folder)
  if (firstMade) await syncMadeFolders(folder, dirname(firstMade))
}

async function syncMadeFolders(folder: string, last: string): Promise<void> {
  for (let above = dirname(folder); above.length >= last.length; above = dirname(above)) {
    await syncFolder(above)
    if (above === dirname(above)) return
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder for syncing; NTFS journals its entries itself.
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function assertThere(root: string, name: string): Promise<void> {
  const found = await stat(join(root, name)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') throw new FileMissing(name, error)
    throw error
  })
  if (!found.isFile()) throw new FileMissing(name)
}
