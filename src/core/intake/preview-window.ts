import type { Pool } from '../database/pool.ts'
import { type DeliveryPage, pageOfDeliveries } from './list-deliveries.ts'
import type { ReplayPreview } from './preview-replay.ts'

export interface WindowPreview {
  /** Those in which something would change. */
  items: ReplayPreview[]
  checked: number
  nextCursor: string | null
}

/** One page of a window, read anew and compared; nothing is done. */
export async function previewWindow(deps: { pool: Pool; preview(id: string): Promise<ReplayPreview> }, page: DeliveryPage): Promise<WindowPreview> {
  const { rows, nextCursor } = await pageOfDeliveries(deps.pool, page)
  const items: ReplayPreview[] = []
  for (const { id } of rows) {
    const preview = await deps.preview(id)
    if (preview.events.some(({ change }) => change !== 'same')) items.push(preview)
  }
  return { items, checked: rows.length, nextCursor }
}
