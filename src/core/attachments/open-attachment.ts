import type { Readable } from 'node:stream'
import type { Actor } from '../access/actor.ts'
import { requireCard } from '../contacts/visible-contacts.ts'
import type { Pool } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import type { Files } from '../files/files.ts'
import { type StoredAttachment, selectAttachment } from './attachment-store.ts'

export interface OpenedAttachment {
  name: string
  type: string
  /** Bytes of the whole. */
  size: number
  sha256: string | null
  /** First and last byte, both included; absent: the whole. */
  stream: (range?: { start: number; end: number }) => Promise<Readable>
}

/** A file that the actor may read: of a card he may see, or one that he uploaded himself. Throws `not_found`; `unavailable` while it is being fetched. */
export async function openAttachment({ pool, files }: { pool: Pool; files: Files }, actor: Actor, id: string): Promise<OpenedAttachment> {
  const attachment = await selectAttachment(pool, id)
  await requireReadable(pool, actor, attachment)
  const { name, type, size, sha256, file, state, reason } = attachment
  if (state === 'expected') throw new CoreError('unavailable', 'The file is still being fetched.')
  if (file === null || size === null) throw new CoreError('not_found', reason ?? 'The file never came.')
  return { name, type, size, sha256, stream: (range) => files.stream(file, range) }
}

async function requireReadable(pool: Pool, actor: Actor, attachment: StoredAttachment): Promise<void> {
  if (attachment.contactId !== null) {
    await requireCard(pool, actor, attachment.contactId)
    return
  }
  const isOwn = attachment.entryId === null && attachment.uploadedBy === actor.id
  if (!isOwn) throw new CoreError('not_found', 'There is no such file.')
}
