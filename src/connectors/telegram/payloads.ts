import { z } from 'zod'

// What Telegram sends, as far as it is read here: https://core.telegram.org/bots/api#available-types. Lenient in all the rest.

const user = z.object({
  id: z.int(),
  first_name: z.string().optional(),
  last_name: z.string().optional(),
  username: z.string().optional(),
  language_code: z.string().optional(),
})
export type User = z.infer<typeof user>

const chat = z.object({
  id: z.int(),
  type: z.string(),
  title: z.string().optional(),
  first_name: z.string().optional(),
  last_name: z.string().optional(),
  username: z.string().optional(),
})

const file = z.object({
  file_id: z.string(),
  file_size: z.number().optional(),
  file_name: z.string().optional(),
  mime_type: z.string().optional(),
})
export type File = z.infer<typeof file>

const photoSize = file.extend({ width: z.number().default(0), height: z.number().default(0) })
const sticker = file.extend({ emoji: z.string().optional(), is_animated: z.boolean().optional(), is_video: z.boolean().optional() })
const location = z.object({ latitude: z.number(), longitude: z.number() })
const contact = z.object({
  phone_number: z.string(),
  first_name: z.string().optional(),
  last_name: z.string().optional(),
  user_id: z.int().optional(),
})
const entity = z.object({ type: z.string(), url: z.string().optional() })
const button = z.object({ text: z.string(), callback_data: z.string().optional() })
const markup = z.object({ inline_keyboard: z.array(z.array(button)).default([]) })
const origin = z.object({
  sender_user: user.optional(),
  sender_user_name: z.string().optional(),
  sender_chat: chat.optional(),
  chat: chat.optional(),
})

export const message = z.looseObject({
  message_id: z.int(),
  date: z.number(),
  edit_date: z.number().optional(),
  chat,
  from: user.optional(),
  business_connection_id: z.string().optional(),
  media_group_id: z.string().optional(),
  reply_to_message: z.object({ message_id: z.int() }).optional(),
  quote: z.object({ text: z.string() }).optional(),
  forward_origin: origin.optional(),
  reply_markup: markup.optional(),
  text: z.string().optional(),
  entities: z.array(entity).optional(),
  caption: z.string().optional(),
  caption_entities: z.array(entity).optional(),
  photo: z.array(photoSize).optional(),
  video: file.optional(),
  voice: file.optional(),
  audio: file.optional(),
  document: file.optional(),
  video_note: file.optional(),
  animation: file.optional(),
  sticker: sticker.optional(),
  location: location.optional(),
  venue: z.object({ location, title: z.string().default(''), address: z.string().default('') }).optional(),
  contact: contact.optional(),
  dice: z.object({ emoji: z.string(), value: z.number() }).optional(),
  poll: z.object({ question: z.string() }).optional(),
})
export type Message = z.infer<typeof message>

/** Names of what a message holds beyond what is read here, for the reason shown to people. */
export function unreadParts(of: Message): string {
  return (
    Object.keys(of)
      .filter((name) => !Object.hasOwn(message.shape, name))
      .join(', ') || 'no content'
  )
}

export const callbackQuery = z.object({
  id: z.string(),
  from: user,
  data: z.string().optional(),
  // An old message comes with date 0 and without content; its chat and id are always there.
  message: z.object({ message_id: z.int(), date: z.number().optional(), chat, reply_markup: markup.optional() }).optional(),
})
export type CallbackQuery = z.infer<typeof callbackQuery>

export const messageReaction = z.object({
  chat,
  message_id: z.int(),
  date: z.number(),
  user: user.optional(),
  new_reaction: z.array(z.object({ type: z.string(), emoji: z.string().optional() })),
})
export type MessageReaction = z.infer<typeof messageReaction>

export const chatMemberUpdated = z.object({
  chat,
  from: user,
  date: z.number(),
  new_chat_member: z.object({ status: z.string() }),
})
export type ChatMemberUpdated = z.infer<typeof chatMemberUpdated>

export const deletedBusinessMessages = z.object({
  business_connection_id: z.string(),
  chat,
  message_ids: z.array(z.int()),
})
export type DeletedBusinessMessages = z.infer<typeof deletedBusinessMessages>

export const update = z.looseObject({ update_id: z.int() })
export type Update = z.infer<typeof update>

/** Kinds of update asked for; Telegram leaves `message_reaction` out unless it is named. */
export const allowedUpdates = [
  'message',
  'edited_message',
  'callback_query',
  'my_chat_member',
  'message_reaction',
  'business_connection',
  'business_message',
  'edited_business_message',
  'deleted_business_messages',
] as const

/** The update of a delivery's body, or undefined when it is none. */
export function readUpdate(body: Uint8Array): Update | undefined {
  try {
    return update.safeParse(JSON.parse(Buffer.from(body).toString('utf8'))).data
  } catch {
    return undefined
  }
}
