import { z } from 'zod'
import { parseExactJson } from '../../core/connector/exact-json.ts'

// What MAX sends, as far as it is read here: https://dev.max.ru/docs-api/objects/Update. Lenient in all the rest; times are milliseconds.

export const user = z.object({
  user_id: z.int(),
  first_name: z.string().nullish(),
  last_name: z.string().nullish(),
  name: z.string().nullish(),
  username: z.string().nullish(),
  is_bot: z.boolean().default(false),
  /** Where MAX gives a picture, which is not everywhere. */
  avatar_url: z.string().nullish(),
  full_avatar_url: z.string().nullish(),
})
export type User = z.infer<typeof user>

const payload = z.object({
  url: z.string().nullish(),
  token: z.string().nullish(),
  vcf_info: z.string().nullish(),
  max_info: user.nullish(),
  tam_info: user.nullish(),
  buttons: z.array(z.array(z.object({ text: z.string().default(''), payload: z.string().nullish() }))).optional(),
})

export const attachment = z.object({
  type: z.string(),
  payload: payload.nullish(),
  filename: z.string().nullish(),
  size: z.number().nullish(),
  latitude: z.number().optional(),
  longitude: z.number().optional(),
  title: z.string().nullish(),
  transcription: z.string().nullish(),
})
export type Attachment = z.infer<typeof attachment>

const body = z.object({
  mid: z.string(),
  text: z.string().nullish(),
  attachments: z.array(attachment).nullish(),
})

export const message = z.object({
  sender: user.nullish(),
  recipient: z.object({ chat_id: z.int().nullish(), chat_type: z.string().default('dialog'), user_id: z.int().nullish() }),
  timestamp: z.number(),
  link: z
    .object({
      type: z.string(),
      message: z.object({ mid: z.string().optional(), text: z.string().nullish(), attachments: z.array(attachment).nullish() }).nullish(),
      sender: user.nullish(),
    })
    .nullish(),
  body,
})
export type Message = z.infer<typeof message>

export const withMessage = z.object({ timestamp: z.number(), message, user_locale: z.string().nullish() })
export type WithMessage = z.infer<typeof withMessage>

export const removed = z.object({ timestamp: z.number(), message_id: z.string() })
export type Removed = z.infer<typeof removed>

export const callback = z.object({
  callback: z.object({ timestamp: z.number(), callback_id: z.string(), payload: z.string().nullish(), user }),
  message: message.nullish(),
  user_locale: z.string().nullish(),
})
export type Callback = z.infer<typeof callback>

export const dialog = z.object({ timestamp: z.number(), chat_id: z.int(), user, payload: z.string().nullish(), user_locale: z.string().nullish() })
export type Dialog = z.infer<typeof dialog>

export const update = z.looseObject({ update_type: z.string(), timestamp: z.number().default(0) })
export type Update = z.infer<typeof update>

/** Kinds of update asked for. */
export const updateTypes = [
  'message_created',
  'message_edited',
  'message_removed',
  'message_callback',
  'bot_started',
  'bot_stopped',
  'dialog_removed',
] as const

/** The update of a body, or undefined when it is none. */
export function readUpdate(bytes: Uint8Array): Update | undefined {
  try {
    return update.safeParse(parseExactJson(Buffer.from(bytes).toString('utf8'))).data
  } catch {
    return undefined
  }
}

const names = z.object({
  message: z.object({ body: z.object({ mid: z.string() }) }).optional(),
  message_id: z.string().optional(),
  callback: z.object({ callback_id: z.string() }).optional(),
  chat_id: z.number().optional(),
  user: z.object({ user_id: z.number() }).optional(),
})

/** What tells an update from all others; MAX gives it no number of its own. */
export function nameOf(one: Update): string {
  const { message: about, message_id: id, callback: pressed, chat_id: chat, user: who } = names.safeParse(one).data ?? {}
  if (pressed) return `callback:${pressed.callback_id}`
  const mid = about?.body.mid ?? id
  if (mid !== undefined) return one.update_type === 'message_created' ? `message_created:${mid}` : `${one.update_type}:${mid}:${one.timestamp}`
  return `${one.update_type}:${chat ?? ''}:${who?.user_id ?? ''}:${one.timestamp}`
}
