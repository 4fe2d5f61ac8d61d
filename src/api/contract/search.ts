import { oc } from '@orpc/contract'
import { z } from 'zod'
import { pageOf, pageQuery } from './page.ts'
import { company, contact, entry } from './shapes.ts'

const snippet = z.array(z.object({ text: z.string(), hit: z.boolean() })).describe('plain text; `hit` parts are to be highlighted')

export const searchContract = {
  find: oc
    .route({ method: 'GET', path: '/search', summary: 'Cards, companies, then what was said: word forms of Russian and English, whole history' })
    .input(z.object({ ...pageQuery, query: z.string().trim().min(1).max(200), kind: z.enum(['contact', 'company', 'entry']).optional() }))
    .output(
      pageOf(
        z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('contact'), contact }),
          z.object({ kind: z.literal('company'), company }),
          z.object({ kind: z.literal('entry'), entry, snippet }),
        ]),
      ),
    ),
}
