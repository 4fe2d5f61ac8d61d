import { z } from 'zod'
import { metaId } from '../envelope.ts'

// An element of `messaging` or `standby`, of Messenger and Instagram alike, as far as it is read here; lenient in all the rest.
// https://developers.facebook.com/documentation/business-messaging/messenger-platform/webhooks

const text = z.string()

const referral = z.object({
  ref: text.optional(),
  source: text.optional(),
  type: text.optional(),
  ad_id: metaId.optional(),
  referer_uri: text.optional(),
})
export type Referral = z.infer<typeof referral>

const attachment = z.object({
  type: text,
  title: text.nullish(),
  url: text.nullish(),
  payload: z
    .object({
      url: text.nullish(),
      title: text.nullish(),
      coordinates: z.object({ lat: z.number(), long: z.number() }).optional(),
    })
    .nullish(),
})
export type Attachment = z.infer<typeof attachment>

const message = z.object({
  mid: metaId,
  text: text.nullish(),
  attachments: z.array(attachment).default([]),
  quick_reply: z.object({ payload: text.default('') }).nullish(),
  reply_to: z.object({ mid: metaId.optional(), story: z.object({ id: metaId.optional(), url: text.optional() }).optional() }).nullish(),
  referral: referral.nullish(),
  is_echo: z.boolean().optional(),
  /** What we gave with our own. */
  metadata: text.nullish().catch(undefined),
  is_deleted: z.boolean().optional(),
  is_unsupported: z.boolean().optional(),
})
export type Message = z.infer<typeof message>

const postback = z.object({ title: text.default(''), payload: text.default(''), mid: metaId.optional(), referral: referral.nullish() })
export type Postback = z.infer<typeof postback>

export const talk = z.looseObject({
  sender: z.object({ id: metaId }),
  recipient: z.object({ id: metaId }),
  /** Milliseconds. */
  timestamp: z.union([z.number(), z.string()]).optional(),
  message: message.optional(),
  message_edit: z.object({ mid: metaId, text: text.default(''), num_edit: z.union([z.number(), z.string()]).default(0) }).optional(),
  postback: postback.optional(),
  referral: referral.optional(),
  reaction: z.object({ mid: metaId, action: text.default('react'), emoji: text.nullish(), reaction: text.nullish() }).optional(),
  delivery: z.object({ mids: z.array(metaId).default([]), watermark: z.union([z.number(), z.string()]).optional() }).optional(),
  read: z.object({ mid: metaId.optional(), watermark: z.union([z.number(), z.string()]).optional() }).optional(),
})
export type Talk = z.infer<typeof talk>

/** Name of what an element holds beyond what is read here, for the reason shown to people. */
export function unreadPart(of: Talk): string {
  return Object.keys(of).find((name) => !Object.hasOwn(talk.shape, name)) ?? 'nothing known'
}
