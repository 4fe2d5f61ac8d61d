import { z } from 'zod'
import type { ReceivedDelivery } from '../../core/connector/delivery.ts'
import { callOutcomes } from '../../core/connector/event.ts'

/** Header of a delivery of ours: what the session saw over many packets and none of them tells alone. */
export const notesHeader = 'x-switchboard-seen'

const name = z.string().min(1).max(200)

const notes = z.object({
  /** When the packets were read: Asterisk dates them only when it is told to. */
  at: z.iso.datetime().optional(),
  /** Number of the first packet, counted from the start of the session. */
  order: z.int().min(0).default(0),
  /** The call once called `from` is the call `to`. */
  linked: z.array(z.object({ from: name, to: name })).default([]),
  /** Calls whose last channel is gone; `at`: when it was seen last, where that is not now. */
  over: z
    .array(
      z.object({
        callId: name,
        at: z.iso.datetime().optional(),
        outcome: z.enum(callOutcomes).optional(),
        files: z.array(z.string().min(1)).default([]),
      }),
    )
    .default([]),
})

export type Notes = z.output<typeof notes>
export type CallOver = Notes['over'][number]

const nothing: Notes = { order: 0, linked: [], over: [] }

export function readNotes({ headers }: Pick<ReceivedDelivery, 'headers'>): Notes {
  const text = Object.hasOwn(headers, notesHeader) ? headers[notesHeader] : undefined
  if (text === undefined) return nothing
  try {
    return notes.parse(JSON.parse(text))
  } catch {
    return nothing
  }
}
