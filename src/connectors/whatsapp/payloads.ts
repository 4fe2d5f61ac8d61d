import { z } from 'zod'
import { metaId } from '../kits/meta/envelope.ts'
import { graphError } from '../kits/meta/failures.ts'

// What the Cloud API sends, as far as it is read here; lenient in all the rest.
// https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages

const text = z.string()
const time = z.union([z.string(), z.number()])

const profile = z.object({ name: text.optional(), username: text.optional() })
/** The client of a message. Since 2026 the phone (`wa_id`) may be missing, never the business-scoped id (`user_id`). */
const contact = z.object({ profile: profile.optional(), wa_id: metaId.optional(), user_id: metaId.optional() })
export type Contact = z.infer<typeof contact>

const file = z.object({
  id: metaId,
  mime_type: text.optional(),
  caption: text.optional(),
  filename: text.optional(),
  voice: z.boolean().optional(),
  file_size: z.number().optional(),
})
export type File = z.infer<typeof file>

const card = z.object({
  name: z.object({ formatted_name: text.optional() }).optional(),
  phones: z.array(z.object({ phone: text.optional(), wa_id: text.optional() })).default([]),
  origin: text.optional(),
})
export type Card = z.infer<typeof card>

const interactive = z.object({
  type: text.optional(),
  button_reply: z.object({ id: text.default(''), title: text }).optional(),
  list_reply: z.object({ id: text.default(''), title: text, description: text.optional() }).optional(),
  nfm_reply: z.object({ response_json: text.default(''), body: text.optional(), name: text.optional() }).optional(),
  call_permission_reply: z.object({ response: text }).optional(),
})

const content = {
  type: text,
  text: z.object({ body: text }).optional(),
  image: file.optional(),
  video: file.optional(),
  audio: file.optional(),
  document: file.optional(),
  sticker: file.optional(),
  location: z
    .object({ latitude: z.number(), longitude: z.number(), name: text.optional(), address: text.optional(), url: text.optional() })
    .optional(),
  contacts: z.array(card).optional(),
  button: z.object({ text, payload: text.optional() }).optional(),
  interactive: interactive.optional(),
  order: z
    .object({
      text: text.optional(),
      product_items: z
        .array(z.object({ product_retailer_id: text, quantity: z.number().optional(), item_price: z.number().optional(), currency: text.optional() }))
        .default([]),
    })
    .optional(),
  errors: z.array(graphError).optional().catch(undefined),
}
const contentShape = z.object(content)
/** What a message holds, of whatever type. */
export type Content = z.infer<typeof contentShape>

export const message = z.object({
  ...content,
  id: metaId,
  timestamp: time.optional(),
  from: metaId.optional(),
  from_user_id: metaId.optional(),
  to: metaId.optional(),
  to_user_id: metaId.optional(),
  group_id: text.optional(),
  origin: text.optional(),
  context: z
    .object({
      id: metaId.optional(),
      forwarded: z.boolean().optional(),
      frequently_forwarded: z.boolean().optional(),
      referred_product: z.object({ catalog_id: metaId.optional(), product_retailer_id: metaId.optional() }).nullish(),
    })
    .nullish(),
  referral: z
    .object({
      source_type: text.optional(),
      source_id: text.optional(),
      source_url: text.optional(),
      headline: text.optional(),
      body: text.optional(),
      ctwa_clid: text.optional(),
    })
    .nullish(),
  reaction: z.object({ message_id: metaId, emoji: text.nullish() }).optional(),
  edit: z.object({ original_message_id: metaId, message: contentShape }).optional(),
  revoke: z.object({ original_message_id: metaId }).optional(),
  system: z
    .object({ type: text, body: text.optional(), wa_id: metaId.optional(), user_id: metaId.optional(), previous_user_id: metaId.optional() })
    .optional(),
})
export type Message = z.infer<typeof message>

export const status = z.object({
  id: metaId,
  status: text,
  type: text.optional(),
  timestamp: time.optional(),
  errors: z.array(graphError).optional().catch(undefined),
  biz_opaque_callback_data: text.optional().catch(undefined),
})
export type Status = z.infer<typeof status>

export const call = z.object({
  id: metaId,
  from: metaId.optional(),
  from_user_id: metaId.optional(),
  to: metaId.optional(),
  timestamp: time.optional(),
  direction: z.enum(['USER_INITIATED', 'BUSINESS_INITIATED']),
  event: text,
  status: text.optional(),
  start_time: time.optional(),
  end_time: time.optional(),
  duration: z.coerce.number().int().nonnegative().optional(),
})
export type Call = z.infer<typeof call>

const list = z.array(z.unknown()).default([])

export const changeValue = z.object({
  metadata: z.object({ display_phone_number: text.default(''), phone_number_id: metaId }),
  contacts: z.array(contact).catch([]).default([]),
  messages: list,
  statuses: list,
  calls: list,
  message_echoes: list,
  history: list,
  errors: list,
})
export type ChangeValue = z.infer<typeof changeValue>

/** Old messages of a number that lives in the WhatsApp Business app too. */
export const historyPart = z.object({ threads: z.array(z.object({ id: metaId, messages: list })).default([]) })
