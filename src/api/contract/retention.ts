import { oc } from '@orpc/contract'
import { z } from 'zod'
import { callOutcome, time } from './shapes.ts'

const direction = z.enum(['inbound', 'outbound', 'internal'])
const rules = z.array(
  z.object({
    channelId: z.uuid().nullable().default(null).describe('null: of the whole firm'),
    direction: direction.nullable().default(null),
    outcome: callOutcome.nullable().default(null),
    days: z.number().int().min(1).max(36_500).nullable().describe('from the beginning of the call; null: for ever'),
  }),
)
const given = z.object({ rules: rules.max(50) })
const sum = z.object({ recordings: z.number().int(), bytes: z.number() })

export const retentionContract = {
  get: oc
    .route({
      method: 'GET',
      path: '/recording-retention',
      summary: 'How long recordings are kept: of several rules that fit, the first holds; without one, for ever',
    })
    .output(given),
  save: oc
    .route({ method: 'PUT', path: '/recording-retention', summary: 'All rules anew; they hold from the next night on' })
    .input(given)
    .output(given),
  preview: oc
    .route({ method: 'POST', path: '/recording-retention/preview', summary: 'What these rules would erase now; erases nothing' })
    .input(given)
    .output(
      sum.extend({
        byRule: z.array(sum),
        items: z
          .array(
            z.object({
              id: z.uuid(),
              callId: z.uuid(),
              startedAt: time.describe('of the call'),
              direction,
              outcome: callOutcome.nullable(),
              from: z.string().nullable(),
              to: z.string().nullable(),
              bytes: z.number().nullable(),
            }),
          )
          .describe('the oldest 50'),
      }),
    ),
}
