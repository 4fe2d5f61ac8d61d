import { oc } from '@orpc/contract'
import { z } from 'zod'
import { byId } from './page.ts'

export const approvedTemplate = z.object({
  name: z.string(),
  language: z.string(),
  category: z.string().exactOptional(),
  header: z.string().exactOptional(),
  body: z.string().describe('places stand in it as {{id}}'),
  footer: z.string().exactOptional(),
  buttons: z.array(z.string()),
  places: z.array(z.object({ id: z.string(), example: z.string().exactOptional() })),
  file: z.enum(['image', 'video', 'document']).exactOptional().describe('a file of this kind has to go with it'),
})

export const approvedTemplatesContract = {
  list: oc
    .route({
      method: 'GET',
      path: '/channels/{id}/approved-templates',
      summary: 'What the vendor has approved to be sent when its window is closed; kept for ten minutes, `fresh` asks anew',
    })
    .input(byId.extend({ fresh: z.stringbool().optional() }))
    .output(z.object({ items: z.array(approvedTemplate), nextCursor: z.null() })),
}
