import { z } from 'zod'
import { parseExactJson } from '../../core/connector/exact-json.ts'

// What Viber sends, as far as it is read here: https://developers.viber.com/docs/api/rest-bot-api/#callbacks. Times are milliseconds.

/** 64 bits: exact as text, small ones come as numbers. */
export const messageToken = z.union([z.string().regex(/^\d+$/), z.int().nonnegative()]).transform(String)

const user = z.object({
  id: z.string().min(1),
  name: z.string().nullish(),
  avatar: z.string().nullish(),
  country: z.string().nullish(),
  language: z.string().nullish(),
})
export type User = z.infer<typeof user>

const message = z.object({
  type: z.string(),
  text: z.string().nullish(),
  media: z.string().nullish(),
  file_name: z.string().nullish(),
  size: z.number().nullish(),
  sticker_id: z.number().nullish(),
  location: z.object({ lat: z.coerce.number(), lon: z.coerce.number(), address: z.string().nullish() }).nullish(),
  contact: z.object({ name: z.string().nullish(), phone_number: z.coerce.string() }).nullish(),
  tracking_data: z.string().nullish(),
})
export type Message = z.infer<typeof message>

const timestamp = z.number().default(0)

export const messageEvent = z.object({ timestamp, message_token: messageToken, sender: user, message })
export type MessageEvent = z.infer<typeof messageEvent>

export const statusEvent = z.object({ timestamp, message_token: messageToken, user_id: z.string().default(''), desc: z.string().nullish() })
export type StatusEvent = z.infer<typeof statusEvent>

export const subscribed = z.object({ timestamp, user })
export const unsubscribed = z.object({ timestamp, user_id: z.string().min(1) })
export const opened = z.object({ timestamp, user, context: z.string().nullish(), message_token: messageToken.optional() })

export const callback = z.looseObject({ event: z.string(), timestamp, message_token: messageToken.optional() })
export type Callback = z.infer<typeof callback>

/** The callback of a body, or undefined when it is none. */
export function readCallback(body: Uint8Array): Callback | undefined {
  try {
    return callback.safeParse(parseExactJson(Buffer.from(body).toString('utf8'))).data
  } catch {
    return undefined
  }
}
