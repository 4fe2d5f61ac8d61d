import type { Actor } from '../access/actor.ts'
import type { Pool } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import type { Files } from '../files/files.ts'
import { type FetchedPicture, selectPicture } from './picture-store.ts'
import { requireCard } from './visible-contacts.ts'

/** The picture of a person whose card the actor may see. Throws `not_found`. */
export async function openPicture(
  { pool, files }: { pool: Pool; files: Files },
  actor: Actor,
  contactId: string,
): Promise<FetchedPicture & { bytes: Uint8Array }> {
  await requireCard(pool, actor, contactId)
  const picture = await selectPicture(pool, contactId)
  if (!picture) throw new CoreError('not_found', 'There is no picture of this person.')
  return { ...picture, bytes: await files.read(picture.file) }
}
