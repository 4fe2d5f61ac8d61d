import { oc } from '@orpc/contract'
import { z } from 'zod'
import { byId } from './page.ts'
import { time } from './shapes.ts'

const consents = z.object({
  isOptedOut: z.boolean().describe('he wants no automatic messages, by any medium'),
  optOuts: z.array(
    z.object({
      kind: z.string(),
      value: z.string(),
      at: time,
      word: z.string().nullable().describe('as he wrote it; null: a person noted it'),
      entryId: z.uuid().nullable(),
      userId: z.uuid().nullable(),
    }),
  ),
  consents: z.array(
    z.object({
      entryId: z.uuid(),
      at: time,
      text: z.string(),
      version: z.string().nullable(),
      address: z.string().nullable(),
      page: z.string().nullable(),
    }),
  ),
})

export const optOutsContract = {
  get: oc
    .route({ method: 'GET', path: '/contacts/{id}/consents', summary: 'What he agreed to, with wording and proof, and where he said no' })
    .input(byId)
    .output(consents),
  set: oc
    .route({ method: 'POST', path: '/contacts/{id}/opt-out', summary: 'What he told a person: no automatic messages, or again' })
    .input(byId.extend({ isOut: z.boolean() }))
    .output(consents),
}
