import { oc } from '@orpc/contract'
import { z } from 'zod'
import { firm } from './settings.ts'

const password = z.string().max(200)

export const setupContract = {
  status: oc
    .route({ method: 'GET', path: '/setup', summary: 'Is there no administrator yet?' })
    .output(z.object({ needed: z.boolean(), signInElsewhere: z.boolean().describe('the firm has a sign-in service of its own') })),
  complete: oc
    .route({ method: 'POST', path: '/setup', successStatus: 201, summary: 'Make the first administrator, once, with the token of the printed link' })
    .input(
      z.object({
        token: z.string().max(200),
        admin: z.object({ name: z.string().trim().min(1).max(200), email: z.email().max(320), password }),
        firm,
      }),
    )
    .output(z.object({ userId: z.uuid() })),
}
