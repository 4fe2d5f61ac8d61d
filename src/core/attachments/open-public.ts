import type { Vault } from '../channels/vault.ts'
import type { Pool } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import type { Files } from '../files/files.ts'
import { selectAttachment } from './attachment-store.ts'
import type { OpenedAttachment } from './open-attachment.ts'
import { isPublicLinkValid } from './public-link.ts'

/** A file by its signed address, for vendors that fetch what we send. Throws `not_found` for whatever is wrong with it. */
export async function openPublic(
  { pool, files, vault }: { pool: Pool; files: Files; vault: Vault },
  { id, until, signature }: { id: string; until: number; signature: string },
): Promise<OpenedAttachment> {
  if (!isPublicLinkValid(vault, { id, until }, signature, Date.now())) throw new CoreError('not_found', 'There is no such file.')
  const { name, type, size, sha256, file, entryId } = await selectAttachment(pool, id)
  // Only what is part of a message of ours has such an address; a draft that was taken back has none.
  if (file === null || size === null || entryId === null) throw new CoreError('not_found', 'There is no such file.')
  return { name, type, size, sha256, stream: (range) => files.stream(file, range) }
}
