import { createHash } from 'node:crypto'
import { actorId } from '../access/actor.ts'
import type { Caller } from '../access/audit.ts'
import { newId } from '../database/id.ts'
import type { Pool } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import { type Files, uploadFile } from '../files/files.ts'
import type { AttachmentView } from '../timeline/entry.ts'
import { insertUpload } from './attachment-store.ts'

/** Bytes; the largest letter that the hub takes in is as large. */
export const largestUpload = 64 * 1024 * 1024

/** Keeps a file that a message will carry; until then only its author sees it. Throws `body_too_large`, `invalid_request` for an empty one. */
export async function uploadAttachment(
  { pool, files }: { pool: Pool; files: Files },
  given: { name: string; type: string; bytes: Uint8Array },
  { actor }: Caller,
): Promise<AttachmentView> {
  const { bytes } = given
  if (bytes.length > largestUpload) throw new CoreError('body_too_large')
  if (bytes.length === 0) throw new CoreError('invalid_request', 'The file is empty.')
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const id = newId()
  const file = uploadFile(id)
  await files.write(file, bytes)
  const upload = { id, name: plainName(given.name), type: plainType(given.type), size: bytes.length, sha256 }
  await insertUpload(pool, { ...upload, file, uploadedBy: actorId(actor) })
  return { ...upload, url: `/api/v1/attachments/${upload.id}`, state: 'ready', reason: null, words: null, contentId: null }
}

/** Without folders and control characters. */
function plainName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? ''
  const clean = last
    .replaceAll(/\p{Cc}/gu, '')
    .toWellFormed()
    .trim()
    .slice(0, 255)
  return clean === '' || clean === '.' || clean === '..' ? 'file' : clean
}

function plainType(type: string): string {
  const plain = type.split(';')[0]?.trim().toLowerCase() ?? ''
  return /^[\w.+-]+\/[\w.+-]+$/.test(plain) ? plain.slice(0, 100) : 'application/octet-stream'
}
