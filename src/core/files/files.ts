import type { Readable } from 'node:stream'
import { openDiskFiles } from './disk-files.ts'
import type { ByteRange } from './file-missing.ts'
import { openS3Files, type S3Options } from './s3-files.ts'

/** Where contents are kept that are too large for rows. Names are relative paths of letters, digits, `.`, `-`, `_` and `/`. */
export interface Files {
  /** Durable when it resolves; an existing file is replaced whole or not at all. */
  write(name: string, bytes: Uint8Array): Promise<void>
  /** As `write`, in bounded memory; `size` is exact. */
  writeStream(name: string, size: number, content: AsyncIterable<Uint8Array>): Promise<void>
  /** Throws `FileMissing`. */
  read(name: string): Promise<Uint8Array>
  /** Throws `FileMissing`. */
  stream(name: string, range?: ByteRange): Promise<Readable>
  /** Removing what is not there is no error. */
  remove(name: string): Promise<void>
  /** Every file that is whole, in no promised order; one that is removed meanwhile may still be named. */
  list(): AsyncIterable<StoredFile>
}

export interface StoredFile {
  name: string
  size: number
}

/** Files in `dataDir/files`, or in an S3 bucket when `s3` is given (its SDK is loaded at first use). */
export function openFiles(options: { dataDir: string; s3?: S3Options | undefined }): Files {
  const files: Files = options.s3 ? openS3Files(options.s3) : openDiskFiles(options.dataDir)
  return {
    write: async (name, bytes) => files.write(checkedName(name), bytes),
    writeStream: async (name, size, content) => files.writeStream(checkedName(name), size, content),
    read: async (name) => files.read(checkedName(name)),
    stream: async (name, range) => files.stream(checkedName(name), range),
    remove: async (name) => files.remove(checkedName(name)),
    list: () => files.list(),
  }
}

/** Name of an attachment's content: equal contents are kept once. `sha256` is hex. */
export function attachmentFile(sha256: string): string {
  return `attachments/${sha256.slice(0, 2)}/${sha256}`
}

export const uploadsFolder = 'uploads/'

/** Name of what a user uploaded: his alone, so that it can go again without asking who else has the same content. */
export function uploadFile(id: string): string {
  return `${uploadsFolder}${id.slice(-2)}/${id}`
}

function checkedName(name: string): string {
  const parts = name.split('/')
  if (parts.some((part) => !/^[\w-][\w.-]*$/.test(part))) throw new Error(`Not a file name: ${JSON.stringify(name)}`)
  return name
}
