import type { Pool } from '../database/pool.ts'
import { CoreError } from '../errors.ts'
import { type DeliveryPage, pageOfDeliveries } from './list-deliveries.ts'
import type { ReplayPreview } from './preview-replay.ts'
import type { ReplayResult } from './replay-delivery.ts'

export interface WindowPreview {
  /** Those in which something would change. */
  items: ReplayPreview[]
  checked: number
  nextCursor: string | null
}

export interface WindowReplay {
  replayed: string[]
  changes: ReplayResult
  /** Deliveries that could not be replayed; they are as they were. */
  failed: { id: string; reason: string }[]
  nextCursor: string | null
}

/** One page of a window, read anew and compared; nothing is done. */
export async function previewWindow(deps: { pool: Pool; preview(id: string): Promise<ReplayPreview> }, page: DeliveryPage): Promise<WindowPreview> {
  const { ids, nextCursor } = await pageOfDeliveries(deps.pool, page)
  const items: ReplayPreview[] = []
  for (const id of ids) {
    const preview = await deps.preview(id)
    if (preview.events.some(({ change }) => change !== 'same')) items.push(preview)
  }
  return { items, checked: ids.length, nextCursor }
}

/** One page of a window, replayed one after the other. A delivery whose channel is gone, or that fails, harms only itself. */
export async function replayWindow(deps: { pool: Pool; replay(id: string): Promise<ReplayResult> }, page: DeliveryPage): Promise<WindowReplay> {
  const { ids, nextCursor } = await pageOfDeliveries(deps.pool, page)
  const changes: ReplayResult = { rewritten: 0, added: 0, unchanged: 0, superseded: 0 }
  const replayed: string[] = []
  const failed: WindowReplay['failed'] = []
  for (const id of ids) {
    try {
      const result = await deps.replay(id)
      for (const name of ['rewritten', 'added', 'unchanged', 'superseded'] as const) changes[name] += result[name]
      replayed.push(id)
    } catch (error) {
      if (!(error instanceof CoreError)) throw error
      failed.push({ id, reason: error.message })
    }
  }
  return { replayed, changes, failed, nextCursor }
}
