import { z } from 'zod'

/** Shapes that vendors document. All are lenient: unknown keys pass, and what does not fit is read as ordinary fields. */

const text = z.union([z.string(), z.number()]).transform(String)

/** https://www.typeform.com/developers/webhooks/example-payload/ */
export const typeform = z.object({
  event_id: text.optional(),
  event_type: z.string(),
  form_response: z.looseObject({
    form_id: text.optional(),
    token: text.optional(),
    submitted_at: z.string().optional(),
    hidden: z.record(z.string(), z.unknown()).optional(),
    definition: z
      .looseObject({ title: z.string().optional(), fields: z.array(z.looseObject({ id: text, title: z.string().optional() })).optional() })
      .optional(),
    answers: z.array(z.unknown()).default([]),
  }),
})

/** One answer; the value stands under a key named like `type`. */
export const typeformAnswer = z.looseObject({
  type: z.string(),
  field: z.looseObject({ id: text, ref: z.string().optional(), type: z.string().optional() }),
})

/** Yandex Forms, action "JSON-RPC POST" (https://yandex.ru/support/forms/ru/send-request); JSON-RPC 2.0. */
export const jsonRpc = z.object({
  jsonrpc: z.string(),
  method: z.string(),
  params: z.unknown(),
  id: z.union([z.string(), z.number(), z.null()]).optional(),
})

/** Lead Ads tell only ids; the answers have to be asked for with the page's token. */
export const leadAdsNotice = z.object({
  object: z.literal('page'),
  entry: z.array(
    z.looseObject({
      changes: z.array(z.looseObject({ field: z.string(), value: z.looseObject({ leadgen_id: text.optional() }) })).optional(),
    }),
  ),
})

/** A lead as the Graph API gives it: forwarders post it on unchanged. */
export const leadAdsLead = z.looseObject({
  id: text,
  field_data: z.array(z.looseObject({ name: z.string(), values: z.array(z.unknown()) })),
})
