import { oc } from '@orpc/contract'
import { z } from 'zod'
import { pageOf, pageQuery } from './page.ts'
import { time } from './shapes.ts'

export const refusal = z.object({
  id: z.uuid(),
  channelId: z.uuid().nullable().describe('null: no channel has this key'),
  connector: z.string(),
  key: z.string().describe('its last four letters'),
  at: time,
  reason: z.string(),
  method: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.string().describe('the first 8 kB, as text'),
})

export const refusalsContract = {
  list: oc
    .route({ method: 'GET', path: '/refusals', summary: 'Requests of the last 24 hours that failed their proof, newest first' })
    .input(z.object({ ...pageQuery, channelId: z.uuid().optional() }))
    .output(pageOf(refusal)),
}
