import { setImmediate as nextTurn } from 'node:timers/promises'
import { z } from 'zod'
import type { LoadedChannel } from '../channels/channel.ts'
import { decodeCursor, encodeCursor } from '../database/page-cursor.ts'
import type { Pool } from '../database/pool.ts'
import { FileMissing } from '../files/file-missing.ts'
import type { Files } from '../files/files.ts'
import { type ClaimedRow, claimedColumns, presentClaimed } from './claim-store.ts'
import { type Comparison, compareSettings, type SettingsChange } from './compare-settings.ts'
import type { ClaimedDelivery } from './delivery.ts'
import { readContents } from './read-events.ts'

export interface SettingsSample extends Comparison {
  id: string
  receivedAt: string
}

export interface SettingsDryRun {
  checked: number
  counts: Record<SettingsChange, number>
  /** The first of those that would not be the same. */
  samples: SettingsSample[]
  nextCursor: string | null
}

/** So many of the newest deliveries are looked at in all; a page of them is worked through while the caller waits. */
export const mostDryRun = 1000
const mostSamples = 20

/**
 * What the newest deliveries of a channel would have become with other settings: each is read twice by the pure normalise and compared. Writes nothing.
 * Page by page, at most 1 000 in all.
 */
export async function dryRunSettings(
  deps: { pool: Pool; files: Files },
  { stored, draft }: { stored: LoadedChannel; draft: LoadedChannel },
  page: { cursor?: string | undefined; limit: number },
): Promise<SettingsDryRun> {
  const [at, id, done] = page.cursor ? decodeCursor(page.cursor, z.tuple([z.iso.datetime(), z.uuid(), z.number().int()])) : [null, null, 0]
  const limit = Math.min(page.limit, mostDryRun - done)
  const { rows } = await deps.pool.query<ClaimedRow>(
    `select ${claimedColumns} from deliveries where channel_id = $1 and ($2::timestamptz is null or (received_at, id) < ($2, $3::uuid))
     order by received_at desc, id desc limit $4`,
    [stored.id, at, id, limit],
  )
  const run: SettingsDryRun = { checked: rows.length, counts: { same: 0, changed: 0, new: 0, broken: 0 }, samples: [], nextCursor: null }
  for (const row of rows) {
    const delivery = presentClaimed(row)
    const compared = compareSettings(await read(deps.files, delivery, stored), await read(deps.files, delivery, draft))
    run.counts[compared.change]++
    if (compared.change !== 'same' && run.samples.length < mostSamples) {
      run.samples.push({ id: delivery.id, receivedAt: delivery.receivedAt.toISOString(), ...compared })
    }
    await nextTurn()
  }
  const last = rows.at(-1)
  const looked = done + rows.length
  if (last && rows.length === limit && looked < mostDryRun) run.nextCursor = encodeCursor([last.received_at.toISOString(), last.id, looked])
  return run
}

/** A body whose file is gone gives nothing, under any settings. */
async function read(files: Files, delivery: ClaimedDelivery, channel: LoadedChannel) {
  try {
    return await readContents(files, delivery, channel)
  } catch (error) {
    if (error instanceof FileMissing) return []
    throw error
  }
}
