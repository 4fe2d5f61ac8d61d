import { oc } from '@orpc/contract'
import { z } from 'zod'
import { byId } from './page.ts'
import { localised, match, time } from './shapes.ts'

const settings = z.record(z.string(), z.unknown()).describe('changes over the stored settings, as for PATCH; nothing is saved')
const count = z.number().int()

const card = z.object({
  kind: z.string(),
  name: z.string().nullable(),
  identities: z.array(z.object({ kind: z.string(), value: z.string() })),
  subject: z.string().nullable(),
  text: z.string(),
  company: z.string().nullable(),
  at: time.nullable(),
  fields: z.array(z.object({ name: z.string(), value: z.string(), as: z.string().nullable() })),
  files: z.array(z.string()),
  source: z.record(z.string(), z.string()),
  consent: z.string().nullable(),
  reason: z.string().nullable().describe('why it would not be applied: spam, a test, nothing to read'),
})
const preview = z.object({
  sender: localised.describe('who sent it, told by its shape'),
  fields: z.array(
    z.object({
      path: z.string().describe('what the mapping names it by'),
      name: z.string(),
      value: z.string(),
      as: z.string().exactOptional(),
      by: z.enum(['mapping', 'type', 'name', 'value']).exactOptional().describe('who says what it means'),
    }),
  ),
  card,
  match: z
    .object({
      match,
      isKnown: z.boolean(),
      contact: z.object({ id: z.uuid(), name: z.string() }).nullable().describe('named to whoever may see it'),
      others: count.describe('further cards that would be suggested as the same person'),
      lead: z.enum(['new', 'touch']).describe('touch: a lead on this topic is open, and this would be a second touch on it'),
    })
    .nullable(),
})
const change = z.enum(['same', 'changed', 'new', 'broken'])

/** What an integrator needs while he connects a site. */
export const channelToolsContract = {
  preview: oc
    .route({
      method: 'POST',
      path: '/channels/{id}/preview',
      summary: 'What a stored delivery would become by draft settings, and on whose card; nothing is done',
    })
    .input(byId.extend({ deliveryId: z.uuid(), settings: settings.default({}) }))
    .output(z.object({ items: z.array(preview) })),
  dryRun: oc
    .route({
      method: 'POST',
      path: '/channels/{id}/dry-run',
      summary: 'What the last 1 000 deliveries would have become, page by page; nothing is done',
    })
    .input(byId.extend({ settings, cursor: z.string().max(500).optional(), limit: count.min(1).max(200).default(100) }))
    .output(
      z.object({
        checked: count,
        counts: z.record(change, count),
        samples: z.array(z.object({ id: z.uuid(), receivedAt: time, change, before: z.array(card), after: z.array(card) })),
        nextCursor: z.string().nullable(),
      }),
    ),
  example: oc
    .route({
      method: 'POST',
      path: '/channels/{id}/example',
      summary: 'A pasted curl command, HTML form or JSON: its mapping, its card, and code that sends here',
    })
    .input(byId.extend({ text: z.string().min(1).max(200_000) }))
    .output(
      z.object({
        is: localised.nullable().describe('null: it is none of these'),
        mapping: z.record(z.string(), z.unknown()),
        items: z.array(preview),
        snippet: z.object({ code: z.string(), steps: z.array(localised) }).nullable(),
      }),
    ),
  ping: oc
    .route({
      method: 'POST',
      path: '/channels/{id}/ping',
      successStatus: 202,
      summary: 'Sends it a test by the way of every webhook; it touches no card',
    })
    .input(byId)
    .output(z.object({ isSent: z.literal(true) })),
  versions: oc
    .route({ method: 'GET', path: '/channels/{id}/versions', summary: 'The settings before each of the last changes, newest first' })
    .input(byId)
    .output(
      z.object({
        items: z.array(
          z.object({
            id: z.uuid(),
            at: time,
            actor: z.string().nullable(),
            changed: z.array(z.string()),
            settings: z.record(z.string(), z.unknown()),
          }),
        ),
        nextCursor: z.null(),
      }),
    ),
  health: oc
    .route({ method: 'GET', path: '/channels/{id}/health', summary: 'Last event, lag, errors, and what to do' })
    .input(byId)
    .output(
      z.object({
        state: z.string(),
        error: localised.nullable(),
        lastDeliveryAt: time.nullable(),
        lastEntryAt: time.nullable(),
        lagMs: count.nullable().describe('from arrival until it stood on a card: the median of the last hundred'),
        longestLagMs: count.nullable(),
        today: count,
        waiting: count,
        waitingSeconds: count,
        held: count,
        parked: count,
        quarantined: count,
        refusedToday: count,
        failedToday: count,
        unconfirmed: count,
        advice: z
          .array(
            z.enum([
              'settings_wrong',
              'sign_in_again',
              'connection_lost',
              'paused',
              'nothing_came',
              'refused',
              'parked',
              'behind',
              'unconfirmed',
              'failed',
              'quarantined',
            ]),
          )
          .describe('what to do, the most urgent first'),
        faults: z.array(
          z.object({ what: z.enum(['parked', 'refused', 'failed']), reason: z.string(), count, lastAt: time, deliveryId: z.uuid().nullable() }),
        ),
      }),
    ),
}
