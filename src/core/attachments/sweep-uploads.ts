import type { Pool } from '../database/pool.ts'
import { type Files, uploadsFolder } from '../files/files.ts'
import { deleteUnsentUploads } from './attachment-store.ts'

const mostAtOnce = 500

/**
 * Removes uploads that no message took within a day: rows first, so that none is left whose content is gone. Only contents of its own go with
 * a row; what is kept by its hash may belong to others. Gives how many there were.
 */
export async function sweepUploads({ pool, files }: { pool: Pool; files: Files }): Promise<number> {
  for (let swept = 0; ; ) {
    const gone = await deleteUnsentUploads(pool, mostAtOnce)
    for (const file of gone) if (file?.startsWith(uploadsFolder)) await files.remove(file)
    swept += gone.length
    if (gone.length < mostAtOnce) return swept
  }
}
