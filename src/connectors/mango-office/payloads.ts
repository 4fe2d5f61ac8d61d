import { z } from 'zod'

// MANGO OFFICE VPBX API 1.10. Numbers come as text or as numbers; what is not read here is let through.

/** Also moments in Unix seconds, until the year 5138. */
const count = z.coerce.number().int().min(-1e11).max(1e11)
const text = z.coerce.string()

const party = z.object({ extension: text.optional(), number: text.optional(), line_number: text.optional(), acd_group: text.optional() }).default({})

export const callEvent = z.object({
  entry_id: text,
  call_id: text,
  timestamp: count,
  seq: count,
  call_state: z.enum(['Appeared', 'Connected', 'OnHold', 'Disconnected']),
  location: z.enum(['ivr', 'queue', 'abonent']),
  from: party,
  to: party,
  disconnect_reason: count.optional(),
  command_id: text.optional(),
})
export type MangoCall = z.infer<typeof callEvent>

export const summaryEvent = z.object({
  entry_id: text,
  call_direction: count,
  from: party,
  to: party,
  line_number: text.optional(),
  create_time: count,
  talk_time: count.default(0),
  end_time: count,
  entry_result: count,
  disconnect_reason: count.optional(),
})
export type MangoSummary = z.infer<typeof summaryEvent>

export const recordingEvent = z.object({
  recording_id: text,
  recording_state: z.enum(['Started', 'Continued', 'Completed']),
  seq: count.default(0),
  entry_id: text,
  extension: text.optional(),
  timestamp: count.optional(),
  completion_code: count.optional(),
})
export type MangoRecording = z.infer<typeof recordingEvent>

export const commandResult = z.object({ command_id: text, result: count })
