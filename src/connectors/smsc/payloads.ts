import { z } from 'zod'

const text = z.union([z.string(), z.number()]).transform(String)

/** One SMS that a client wrote, as `get.php?get_answers=1` lists it. */
export const answerRow = z.object({
  id: text,
  phone: text,
  message: z.string(),
  to_phone: text.optional(),
  received: z.string().optional(),
  sent: z.string().optional(),
})

/** One SMS of ours, as `get.php?get_messages=1` lists it; fields beside these are let through. */
export const messageRow = z.object({
  id: text,
  status: z.coerce.number().int(),
  err: z.coerce.number().int().optional().catch(undefined),
  last_date: z.string().optional(),
})
