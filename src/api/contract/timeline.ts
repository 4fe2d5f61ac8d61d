import { oc } from '@orpc/contract'
import { z } from 'zod'
import { byId, pageOf, pageQuery } from './page.ts'
import { entry } from './shapes.ts'

/** In a query a list of one may come as a plain string. */
function listOf<Item extends z.ZodType<string>>(item: Item) {
  return z.preprocess((value) => (typeof value === 'string' ? value.split(',') : value), z.array(item).max(20)).optional()
}

export const timelineQuery = {
  ...pageQuery,
  kind: listOf(z.enum(['message', 'call', 'form', 'note', 'event'])),
  medium: listOf(z.string().max(50)),
  from: z.iso.datetime().optional().describe('this moment and later'),
  until: z.iso.datetime().optional().describe('before this moment'),
  query: z.string().max(200).optional().describe('words that stand in the text or the subject'),
}

export const entriesContract = {
  get: oc.route({ method: 'GET', path: '/entries/{id}' }).input(byId).output(entry),
  move: oc
    .route({ method: 'POST', path: '/entries/{id}/move', summary: 'Wrong match: to another card, with its conversation and the leads it opened' })
    .input(byId.extend({ contactId: z.uuid(), withIdentity: z.boolean().default(false).describe('its sender belongs to that card from now on') }))
    .output(z.object({ entry, fromContactId: z.uuid().nullable(), moved: z.object({ entries: z.number().int(), leads: z.number().int() }) })),
  decide: oc
    .route({
      method: 'POST',
      path: '/entries/{id}/decide',
      summary: 'A person says what came of a message nobody knows the fate of, or sends it once more',
    })
    .input(byId.extend({ decision: z.enum(['arrived', 'again', 'give_up']) }))
    .output(entry),
}

export const entryPage = pageOf(entry)
