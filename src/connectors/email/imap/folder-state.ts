import { z } from 'zod'
import type { ChannelState } from '../../../core/connector/hub.ts'

const schema = z.object({
  uidValidity: z.string(),
  /** Every letter up to this UID is delivered, or waits in `fill`. */
  last: z.number(),
  /** Old letters still to fetch, newest first: those below `below` and not older than `from`. */
  fill: z.object({ below: z.number(), done: z.number() }).optional(),
})

export type FolderState = z.infer<typeof schema>

const openedName = 'opened-at'

export async function readFolderState(state: ChannelState, folder: string): Promise<FolderState | undefined> {
  const text = await state.get(`imap:${folder}`)
  if (text === undefined) return undefined
  const parsed = schema.safeParse(JSON.parse(text))
  return parsed.success ? parsed.data : undefined
}

export async function saveFolderState(state: ChannelState, folder: string, value: FolderState): Promise<void> {
  await state.set(`imap:${folder}`, JSON.stringify(value))
}

/** The moment this channel was first opened: what arrived later is new even when the first connection came much later. */
export async function openedAt(state: ChannelState, now: Date): Promise<Date> {
  const kept = await state.get(openedName)
  if (kept !== undefined) return new Date(kept)
  await state.set(openedName, now.toISOString())
  return now
}
