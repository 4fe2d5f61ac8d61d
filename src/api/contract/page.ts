import { z } from 'zod'

/** `{ items, nextCursor }`; null: this was the last page. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() })
}

/** Query of every list. Spread into the input: `z.object({ ...pageQuery, status: … })`. Numbers in a query need `z.coerce`. */
export const pageQuery = {
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number<number>().int().min(1).max(200).default(50),
}

export const byId = z.object({ id: z.uuid() })

/** Output of what answers nothing. */
export const nothing = z.object({})
