import type { Actor } from '../access/actor.ts'
import type { Pool } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import { FileMissing } from '../files/file-missing.ts'
import type { Files } from '../files/files.ts'
import { type SanitisedLetter, sanitiseLetter } from '../messages/sanitise-letter.ts'
import { readEntry } from '../timeline/read-entry.ts'
import { type StoredAttachment, selectInlineImages, selectLetter } from './attachment-store.ts'

/** Bytes of inline images that are put into the letter itself; the rest is seen among the attachments. */
const mostInlineBytes = 10 * 1024 * 1024
const imageType = /^image\/(?:png|jpe?g|gif|webp|bmp|avif)$/

/**
 * A letter fit to be shown in a sandboxed frame: harmless, its inline images inside it (a frame without our origin has no cookie to fetch them).
 * Images from elsewhere only with `images`. Throws `not_found` when there is no formatted letter or the actor may not see it.
 */
export async function readLetter(
  deps: { pool: Pool; files: Files },
  actor: Actor,
  entryId: string,
  options: { images: boolean },
): Promise<SanitisedLetter> {
  const entry = await readEntry(deps, actor, entryId)
  if (!entry.html) throw new CoreError('not_found', 'This is no formatted letter.')
  const letter = await sanitiseLetter(await selectLetter(deps.pool, entryId), options)
  return { ...letter, html: await withInlineImages(deps, entryId, letter.html) }
}

async function withInlineImages({ pool, files }: { pool: Pool; files: Files }, entryId: string, html: string): Promise<string> {
  if (!/["']cid:/i.test(html)) return html
  const sources = new Map<string, string>()
  let left = mostInlineBytes
  for (const image of await selectInlineImages(pool, entryId)) {
    if (!imageType.test(image.type) || (image.size ?? left + 1) > left) continue
    left -= image.size ?? 0
    const source = await dataAddress(files, image)
    if (image.contentId !== null && source !== undefined) sources.set(image.contentId.toLowerCase(), source)
  }
  return html.replaceAll(/(src|background)="cid:([^"]+)"/gi, (whole, attribute: string, id: string) => {
    const source = sources.get(id.trim().toLowerCase())
    return source === undefined ? whole : `${attribute}="${source}"`
  })
}

async function dataAddress(files: Files, image: StoredAttachment): Promise<string | undefined> {
  if (image.file === null) return undefined
  try {
    const bytes = await files.read(image.file)
    return `data:${image.type};base64,${Buffer.from(bytes).toString('base64')}`
  } catch (error) {
    // The words of a letter are worth more than its logo.
    if (error instanceof FileMissing) return undefined
    throw error
  }
}
